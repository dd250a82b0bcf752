// @ts-check
// The difference between a record and what is proposed, field by field, as the generator tells it.

import { compact, SCHEMA_KEY } from "./canonical.js";

/** @typedef {import("./values.js").Value} Value */
/** @typedef {import("./values.js").Members} Members */

/**
 * @typedef {object} FieldChange
 * @property {string} field keys with points between
 * @property {readonly string[]} path
 * @property {Value | undefined} before
 * @property {Value | undefined} after
 */

const PLAIN_KEY = /^[^.[\]"]+$/;

/** Objects are entered, lists are compared as a whole. @param {Members} before @param {Members} after @returns {FieldChange[]} */
export function differences(before, after) {
  return [...between(before, after, [], "")].filter((one) => one.field !== SCHEMA_KEY);
}

/** @param {Members} before @param {Members} after @param {readonly string[]} above @param {string} prefix @returns {Iterable<FieldChange>} */
function* between(before, after, above, prefix) {
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [one, other] = [before.get(key), after.get(key)];
    const path = [...above, key];
    const field = joined(prefix, key);
    if (one instanceof Map && other instanceof Map) yield* between(one, other, path, field);
    else if (compact(one) !== compact(other)) yield { field, path, before: one, after: other };
  }
}

/** @param {string} prefix @param {string} key */
function joined(prefix, key) {
  if (!PLAIN_KEY.test(key)) return `${prefix}[${JSON.stringify(key)}]`;
  return prefix ? `${prefix}.${key}` : key;
}
