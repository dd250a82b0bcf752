// @ts-check
// A key and its value, as people write requirements and settings.

import { part } from "../dom.js";
import { compact } from "./canonical.js";
import { typed } from "./field.js";
import { NotJson, parsed } from "./json.js";

/** @typedef {import("./values.js").Value} Value */

export class Pair {
  /** @param {HTMLElement} element @param {HTMLElement} faultPlace @param {boolean} isText whether values are texts only @param {readonly string[]} lists keys of lists */
  constructor(element, faultPlace, isText, lists) {
    this.keyInput = part("[data-key]", HTMLInputElement, element);
    this.input = part("[data-value]", HTMLInputElement, element);
    this.faultPlace = faultPlace;
    this.isText = isText;
    this.lists = lists;
    this.label = "";
    this.isVisited = false;
    /** @type {string[]} */
    this.advice = [];
  }

  get key() {
    return typed(this.keyInput);
  }

  get isEmpty() {
    return this.key === "" && this.input.value === "";
  }

  /** @returns {Value} */
  get value() {
    const text = typed(this.input);
    return this.isText ? text : meant(text, this.lists.includes(this.key));
  }

  /** @param {string} key @param {Value} value */
  show(key, value) {
    this.keyInput.value = key;
    this.input.value = this.isText && typeof value === "string" ? value : plain(value, this.lists.includes(key));
  }
}

/** A number, true, false or a list where it looks like one; else a text. @param {string} text @param {boolean} isList @returns {Value} */
function meant(text, isList) {
  try {
    return parsed(text);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return isList && text.trim() ? text.split(",").filter((one) => one.trim()).map((one) => meant(one.trim(), false)) : text;
  }
}

/** The shortest text that means the value. @param {Value} value @param {boolean} isList */
function plain(value, isList) {
  const text = Array.isArray(value) ? value.map((one) => (typeof one === "string" ? one : compact(one))).join(", ") : value;
  return typeof text === "string" && compact(meant(text, isList)) === compact(value) ? text : compact(value);
}
