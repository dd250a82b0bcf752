// @ts-check
// What is wrong with a new name: its form, who has it already, and what it would be mixed up with.

import { isTooLong } from "./paths.js";

/** @typedef {import("./answers.js").Told} Told */
/** @typedef {import("./known.js").Known} Known */
/** @typedef {{message: string, model?: string}} Objection with the name of the record that it is about */

/**
 * @param {string} name
 * @param {Told} told
 * @param {Known | null} known
 * @returns {Objection[]}
 */
export function objections(name, told, known) {
  const messages = formOf(name, told);
  return [...messages.map((message) => ({ message })), ...(known ? besides(name, told, known) : [])];
}

/** @param {string} name @param {Told} told @returns {string[]} */
function formOf(name, told) {
  const found = told.refused.filter(([form]) => new RegExp(form, "iu").test(name)).map(([, words]) => words);
  if (isTooLong(told.category, name, told.longestPart)) found.push(`A part has more than ${told.longestPart} bytes. Shorten it.`);
  if (name !== name.normalize("NFC")) found.push("It is not in Unicode form NFC. Type it anew.");
  return found;
}

/** @param {string} name @param {Told} told @param {Known} known @returns {Objection[]} */
function besides(name, told, known) {
  const holder = known.holder(name);
  if (holder !== undefined) return [{ message: taken(name, holder, known), model: holder }];
  const short = told.hasShortNames ? known.namesake(name) : undefined;
  const same = short === undefined ? [] : [{ message: `${short} has the same name behind its author's.`, model: short }];
  const folder = known.otherwise(name);
  return folder === undefined ? same : [...same, { message: `Write what is before the slash as others do: ${folder}/` }];
}

/** @param {string} name @param {string} holder @param {Known} known */
function taken(name, holder, known) {
  if (!known.names.has(known.folded(name))) return `That is an earlier name of ${holder}.`;
  const isWithdrawn = known.records.get(holder)?.has("withdrawn");
  return isWithdrawn ? `${holder} was withdrawn, and its name stays its own.` : `There is a model ${holder} already.`;
}
