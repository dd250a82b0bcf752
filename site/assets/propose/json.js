// @ts-check
// Reading JSON as strictly as the generator does, and without losing how a number was meant.

import { Fraction } from "./values.js";

/** @typedef {import("./values.js").Value} Value */

const DEEPEST = 100;
const BLANKS = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const HALF = /[\ud800-\udfff]/u;
/** @type {Record<string, boolean | null>} */
const WORDS = { true: true, false: false, null: null };

export class NotJson extends Error {}

/** @param {string} text @returns {Value} */
export function parsed(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.skip();
  if (reader.at < text.length) reader.fail("Something follows behind the end");
  return value;
}

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  /** @param {string} what @returns {never} */
  fail(what) {
    const line = this.text.slice(0, this.at).split("\n").length;
    throw new NotJson(`${what} (line ${line}).`);
  }

  /** @param {RegExp} form @returns {string | undefined} what stands here in this form */
  take(form) {
    form.lastIndex = this.at;
    const found = form.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  skip() {
    this.take(BLANKS);
  }

  /** @param {string} mark */
  has(mark) {
    this.skip();
    if (this.text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  /** @param {number} depth @returns {Value} */
  value(depth) {
    if (depth > DEEPEST) this.fail("It is nested too deep");
    if (this.has("{")) return this.members(depth);
    if (this.has("[")) return this.items(depth);
    if (this.text[this.at] === '"') return this.string();
    const word = this.take(WORD);
    if (word !== undefined) return WORDS[word] ?? null;
    const digits = this.take(NUMBER);
    return digits ? this.number(digits) : this.fail("A value is missing here");
  }

  /** @param {string} digits @returns {Value} */
  number(digits) {
    const value = Number(digits);
    if (!Number.isFinite(value)) this.fail(`${digits} is more than a program can hold`);
    if (/[.eE]/.test(digits)) return new Fraction(value);
    return Number.isSafeInteger(value) ? value + 0 : BigInt(digits);
  }

  string() {
    const found = this.take(STRING);
    if (found === undefined) this.fail("A text does not end, or holds what must be escaped");
    /** @type {string} */
    const text = JSON.parse(/** @type {string} */ (found));
    if (HALF.test(text)) this.fail("A \\u escape is half of a character");
    return text;
  }

  /** @param {number} depth */
  items(depth) {
    /** @type {Value[]} */
    const found = [];
    if (this.has("]")) return found;
    do found.push(this.value(depth + 1));
    while (this.has(","));
    if (!this.has("]")) this.fail("A comma or ] is missing here");
    return found;
  }

  /** @param {number} depth */
  members(depth) {
    /** @type {Map<string, Value>} */
    const found = new Map();
    if (this.has("}")) return found;
    do this.member(found, depth);
    while (this.has(","));
    if (!this.has("}")) this.fail("A comma or } is missing here");
    return found;
  }

  /** @param {Map<string, Value>} found @param {number} depth */
  member(found, depth) {
    this.skip();
    if (this.text[this.at] !== '"') this.fail("A key in quotation marks is missing here");
    const key = this.string();
    if (found.has(key)) this.fail(`The key ${JSON.stringify(key)} stands twice in one object`);
    if (!this.has(":")) this.fail("A colon is missing here");
    found.set(key, this.value(depth + 1));
  }
}
