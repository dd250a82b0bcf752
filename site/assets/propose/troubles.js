// @ts-check
// All that stands in the way of a proposal, each with the control that mends it.

import { objections } from "./names.js";
import { pointer } from "./values.js";
import { inWords } from "./words.js";

/** @typedef {import("./form.js").Spot} Spot */
/** @typedef {import("./validation.js").Fault} Fault */
/** @typedef {import("./values.js").Members} Members */
/** @typedef {import("./known.js").Known} Known */
/** @typedef {import("./answers.js").Told} Told */

/**
 * @typedef {object} Trouble
 * @property {string} label
 * @property {string} message
 * @property {boolean} isMissing whether something needed is not there yet
 * @property {boolean} [isAdvice] whether it stops nobody: the rules allow exceptions
 * @property {Spot | undefined} spot
 * @property {string} [model] name of a record that it is about
 */

/** In the order of the form. @param {Fault[]} faults @param {Spot[]} spots @returns {Trouble[]} */
export function troublesOf(faults, spots) {
  const found = faults.map((fault) => {
    const at = fault.key === undefined ? fault.pointer : fault.pointer + pointer([fault.key]);
    const spot = spotOf(at, spots);
    const isMissing = fault.keyword === "required";
    return { label: spot?.label ?? (at || "The record"), message: inWords(fault), isMissing, spot };
  });
  const place = (/** @type {Trouble} */ one) => (one.spot ? spots.indexOf(one.spot) : spots.length);
  return found.sort((one, other) => place(one) - place(other));
}

/** What the rules would say, which the schema does not. @param {Spot[]} spots @returns {Trouble[]} */
export function adviceOn(spots) {
  return spots.flatMap((spot) =>
    spot.field.advice.map((message) => ({ label: spot.label, message, isMissing: false, isAdvice: true, spot })),
  );
}

/** The control of a place, or of the least around it. @param {string} at @param {Spot[]} spots */
function spotOf(at, spots) {
  const around = spots.filter((one) => at === one.pointer || at.startsWith(`${one.pointer}/`));
  return around.sort((one, other) => other.pointer.length - one.pointer.length)[0];
}

/**
 * What is wrong with the name: one that is there keeps its name, and a new one is what the rules allow.
 * @param {Members} record
 * @param {Members | null} current the record that is changed
 * @param {Told} told
 * @param {Known | null} known
 * @param {Spot[]} spots
 * @returns {Trouble[]}
 */
export function nameTroubles(record, current, told, known, spots) {
  const name = record.get("name");
  const spot = spotOf("/name", spots);
  const trouble = { label: spot?.label ?? "name", isMissing: false, spot };
  if (current) {
    const message = `A name is for ever: it stays ${JSON.stringify(current.get("name"))}.`;
    return name === current.get("name") ? [] : [{ ...trouble, message }];
  }
  if (typeof name !== "string" || name === "") return [];
  return objections(name, told, known).map((one) => ({ ...trouble, ...one }));
}
