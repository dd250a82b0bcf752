// @ts-check
// The text of a record's file, to the byte as the generator writes it.

import { Fraction } from "./values.js";

/** @typedef {import("./values.js").Value} Value */
/** @typedef {import("./values.js").Members} Members */
/** @typedef {{[key: string]: Order | null}} Order keys in their order, with the order of what is inside */

export const SCHEMA_KEY = "$schema";
const LEAST_EXPONENT = -4;
const MOST_EXPONENT = 16;

/** @param {Members} record @param {Order} order @param {string} schema */
export function fileText(record, order, schema) {
  return `${written(arranged(new Map([...record, [SCHEMA_KEY, schema]]), order), "")}\n`;
}

/** @param {Members} members @param {Order} order @returns {Members} */
function arranged(members, order) {
  const rank = new Map(Object.keys(order).map((key, place) => [key, place]));
  const last = rank.size;
  const keys = [...members.keys()].sort((one, other) => (rank.get(one) ?? last) - (rank.get(other) ?? last));
  return new Map(keys.map((key) => [key, arrangedInside(members.get(key) ?? null, rank.has(key) ? order[key] : null)]));
}

/** @param {Value} value @param {Order | null | undefined} order @returns {Value} */
function arrangedInside(value, order) {
  if (!order) return value;
  if (value instanceof Map) return arranged(value, order);
  return Array.isArray(value) ? value.map((one) => (one instanceof Map ? arranged(one, order) : one)) : value;
}

/** Two blanks a level. @param {Value} value @param {string} indent @returns {string} */
export function written(value, indent = "") {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return wrapped("[", value.map((one) => written(one, inner)), "]", indent);
  }
  if (value instanceof Map) {
    return wrapped("{", [...value].map(([key, one]) => `${JSON.stringify(key)}: ${written(one, inner)}`), "}", indent);
  }
  return scalar(value);
}

/** @param {string} open @param {string[]} parts @param {string} close @param {string} indent */
function wrapped(open, parts, close, indent) {
  if (!parts.length) return open + close;
  return `${open}\n${parts.map((one) => `${indent}  ${one}`).join(",\n")}\n${indent}${close}`;
}

/** On one line. @param {Value | undefined} value @returns {string} */
export function compact(value) {
  if (value === undefined) return "";
  if (Array.isArray(value)) return `[${value.map(compact).join(", ")}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, one]) => `${JSON.stringify(key)}: ${compact(one)}`).join(", ")}}`;
  }
  return scalar(value);
}

/** @param {string | number | bigint | boolean | null | Fraction} value */
function scalar(value) {
  if (value instanceof Fraction) return fraction(value.value);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** As Python writes it: always with a point or an exponent, which has two digits or more. @param {number} value */
function fraction(value) {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", power = ""] = Math.abs(value).toExponential().split("e");
  const sign = value < 0 ? "-" : "";
  const exponent = Number(power);
  const digits = mantissa.replace(".", "");
  if (exponent < LEAST_EXPONENT || exponent >= MOST_EXPONENT) {
    return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  return `${sign}${digits.padEnd(exponent + 1, "0").slice(0, exponent + 1)}.${digits.slice(exponent + 1) || "0"}`;
}
