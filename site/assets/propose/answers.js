// @ts-check
// The answers to GitHub's issue form that say what is proposed. Choices cannot be filled in by a link: people make them.

import { compact } from "./canonical.js";
import { differences } from "./changes.js";
import { pointer, valueAt } from "./values.js";

/** @typedef {import("./values.js").Value} Value */
/** @typedef {import("./values.js").Members} Members */

/**
 * @typedef {object} Question
 * @property {string} id name of the element in the form
 * @property {string} kind
 * @property {string[]} path
 * @property {string} label
 * @property {string[]} options the answers to choose from, where it is a choice
 */

/**
 * @typedef {object} Told what the page tells its script
 * @property {string} category
 * @property {string} repository
 * @property {string} schema
 * @property {import("./canonical.js").Order} order
 * @property {Record<"add" | "update" | "remove", string>} operations
 * @property {string} operation
 * @property {string} categories
 * @property {string} takeOut the answer that takes something out
 * @property {string[]} nothing answers that are not taken for what they say
 * @property {[string, string][]} refused what no name holds: a pattern, and what is wrong where it is found
 * @property {number} longestPart bytes that a part of a record's path may have
 * @property {boolean} hasShortNames whether models are known without their authors as well
 * @property {Question[]} questions
 * @property {Question[]} removal
 */

/**
 * @typedef {object} Issue
 * @property {string} template
 * @property {string} title
 * @property {[string, string][]} filled id of an element → its text
 * @property {[string, string][]} chosen label of a choice → what to choose
 * @property {string} [note] what becomes otherwise than it is filled in here
 */

const CHOICES = ["choice", "flag"];
const FILES = ["config", "download"];
const SIZE = "size_on_disk_bytes";
const FILE_COLUMNS = ["file_name", "file_url", "sha256sum", "size_bytes"];
const HIDDEN = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

class Unsayable extends Error {}

/**
 * What to answer, or why a form cannot say it.
 * @param {Told} told
 * @param {Members | null} before the record that is changed
 * @param {Members} after
 * @returns {Issue | string}
 */
export function issueOf(told, before, after) {
  try {
    const changed = differences(before ?? new Map(), after).map((one) => one.path);
    if (before && changed.length && changed.every((path) => path[0] === "withdrawn") && !before.has("withdrawn")) {
      return removal(told, after);
    }
    return proposal(told, before, after, changed);
  } catch (error) {
    if (error instanceof Unsayable) return error.message;
    throw error;
  }
}

/** @param {Told} told @param {Members | null} before @param {Members} after @param {(readonly string[])[]} changed @returns {Issue} */
function proposal(told, before, after, changed) {
  const unasked = changed.find((path) => !told.questions.some((one) => isBelow(path, one.path)));
  if (unasked) throw new Unsayable(`The issue form does not ask for ${unasked.join(".")}.`);
  /** @type {Issue} */
  const issue = { template: `propose-${told.category}.yml`, title: titleOf(told.category, after), filled: [], chosen: [] };
  issue.chosen.push([told.operation, before ? told.operations.update : told.operations.add]);
  const needed = told.questions.filter((one) => isAsked(one, changed, after));
  for (const question of needed) add(issue, question, answer(told, question, before, after));
  const files = valueAt(after, FILES);
  const lacks = Array.isArray(files) && files.some((one) => valueAt(one, ["sha256sum"]) === undefined);
  if (lacks) issue.note = "Hash and size that you left out are then asked of the host of the file.";
  return issue;
}

/** The name says which record is meant; a size of the whole is forgotten when files change and it is not said anew. @param {Question} question @param {(readonly string[])[]} changed @param {Members} after */
function isAsked(question, changed, after) {
  if (changed.some((path) => isBelow(path, question.path)) || question.path[0] === "name") return true;
  return question.path[0] === SIZE && after.has(SIZE) && changed.some((path) => isBelow(path, FILES));
}

/** @param {readonly string[]} path @param {readonly string[]} above */
function isBelow(path, above) {
  const depth = Math.min(path.length, above.length);
  return pointer(path.slice(0, depth)) === pointer(above.slice(0, depth));
}

/** @param {Told} told @param {Members} after @returns {Issue} */
function removal(told, after) {
  /** @type {Issue} */
  const issue = { template: "remove-model.yml", title: titleOf("remove", after), filled: [], chosen: [] };
  issue.note = "It is then withdrawn since the day on which you send it.";
  issue.chosen.push([told.operation, told.operations.remove], [told.categories, told.category]);
  for (const question of told.removal) {
    if (valueAt(after, question.path) !== undefined) add(issue, question, answer(told, question, null, after));
  }
  return issue;
}

/** @param {string} about @param {Members} record */
function titleOf(about, record) {
  return `[${about}] ${String(record.get("name"))}`;
}

/** @param {Issue} issue @param {Question} question @param {string} text */
function add(issue, question, text) {
  if (CHOICES.includes(question.kind)) issue.chosen.push([question.label, text]);
  else issue.filled.push([question.id, text]);
}

/** @param {Told} told @param {Question} question @param {Members | null} before @param {Members} after */
function answer(told, question, before, after) {
  const value = valueAt(after, question.path);
  const refuse = () => {
    throw new Unsayable(`The issue form cannot say this of “${question.label}”.`);
  };
  if (value === undefined || isEmpty(value)) return CHOICES.includes(question.kind) ? refuse() : told.takeOut;
  const known = before ? valueAt(before, question.path) : undefined;
  const text = said(question.kind, value, known);
  return text !== null && isSayable(told, question, text) ? text : refuse();
}

/** @param {Told} told @param {Question} question @param {string} text */
function isSayable(told, question, text) {
  if (question.options.length) return question.options.includes(text);
  return !HIDDEN.test(text) && text.trim() === text && !told.nothing.includes(text);
}

/** @param {Value} value */
function isEmpty(value) {
  return value instanceof Map ? !value.size : Array.isArray(value) && !value.length;
}

/** @param {string} kind @param {Value} value @param {Value | undefined} before @returns {string | null} */
function said(kind, value, before) {
  if (kind === "flag") return value ? "yes" : "no";
  if (kind === "lines") return joined(/** @type {Value[]} */ (value), line);
  if (kind === "words" || kind === "values") return joined([.../** @type {Members} */ (value)], pair);
  if (kind === "files") return forgets(value, before) ? null : joined(/** @type {Value[]} */ (value), file);
  return kind === "text" || !String(value).includes("\n") ? String(value) : null;
}

/** @template T @param {T[]} values @param {(one: T) => string | null} write */
function joined(values, write) {
  const lines = values.map(write);
  return lines.every((one) => one !== null) ? lines.join("\n") : null;
}

/** @param {Value} value */
function line(value) {
  return typeof value === "string" && isPlain(value) && !/^([-*] |### )/.test(value) ? value : null;
}

/** @param {[string, Value]} entry */
function pair([key, value]) {
  return isPlain(key) && !/[:]|^[-*] /.test(key) ? `${key}: ${compact(value)}` : null;
}

/** One of several lines can say it: what lies at its edges would be lost. @param {string} text */
function isPlain(text) {
  return text.trim() === text && text !== "" && !text.includes("\n") && !text.startsWith("```");
}

/** @param {Value} value */
function file(value) {
  if (!(value instanceof Map)) return null;
  const cells = FILE_COLUMNS.map((key) => cell(value.get(key)));
  while (cells.length && !cells.at(-1)) cells.pop();
  const further = [...value].filter(([key]) => !FILE_COLUMNS.includes(key));
  const all = [...cells, ...further.map(([key, one]) => `${key}=${cell(one)}`)];
  return all.every((one) => one === one.trim() && !/[|\n]/.test(one)) && !/^[-*] /.test(all[0] ?? "") ? all.join(" | ") : null;
}

/** @param {Value | undefined} value */
function cell(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === undefined ? "" : String(value);
}

/** What is known of a file stays known where a form does not say it, so it cannot be taken out. @param {Value} after @param {Value | undefined} before */
function forgets(after, before) {
  if (!Array.isArray(after) || !Array.isArray(before)) return false;
  const known = new Map(before.map((one) => [valueAt(one, ["file_url"]), one]));
  return after.some((one) => {
    const earlier = known.get(valueAt(one, ["file_url"]));
    return earlier instanceof Map && one instanceof Map && [...earlier.keys()].some((key) => !one.has(key));
  });
}
