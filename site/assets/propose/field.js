// @ts-check
// One control of the form, and the JSON value that it says.

import { part } from "../dom.js";
import { compact } from "./canonical.js";
import { Fraction } from "./values.js";

/** @typedef {import("./values.js").Value} Value */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

const HALF = /[\ud800-\udfff]/gu;
const WHOLE = /^-?\d+$/;
const BETWEEN_DIGITS = /(?<=\d)[ ,_'\u00a0\u202f](?=\d{3})/g;

/** What was typed, without halves of characters, which no file can hold. @param {Control} input */
export function typed(input) {
  return input.value.replace(HALF, "\ufffd");
}

export class Field {
  /** @param {HTMLElement} element @param {HTMLElement} [faultPlace] where to say what is wrong, if not in the element */
  constructor(element, faultPlace) {
    this.kind = element.dataset.kind ?? "";
    /** @type {string[]} */
    this.place = JSON.parse(element.dataset.place ?? "[]");
    this.label = element.dataset.label ?? "";
    /** What a text must look like besides, and what that means. @type {[string, string][]} */
    this.forms = JSON.parse(element.dataset.forms ?? "[]");
    /** Why something should stand here, although nothing need. */
    this.wanted = element.dataset.wanted ?? "";
    this.input = /** @type {Control} */ (part("input, textarea, select", HTMLElement, element));
    this.faultPlace = faultPlace ?? part(".fault", HTMLElement, element);
    this.isVisited = false;
  }

  /** @returns {Value | undefined} nothing where nothing is said */
  get value() {
    const text = typed(this.input);
    if (text === "") return undefined;
    if (this.kind === "flag" && (text === "yes" || text === "no")) return text === "yes";
    return this.kind === "number" ? number(text) : text;
  }

  /** What the rules would say of the text. @returns {string[]} */
  get advice() {
    const text = this.value;
    if (text === undefined && this.wanted) return [this.wanted];
    if (typeof text !== "string") return [];
    return this.forms.filter(([form]) => !new RegExp(`^(?:${form})$`, "is").test(text)).map(([, words]) => words);
  }

  /** @param {Value | undefined} value */
  show(value) {
    const text = this.kind === "flag" && typeof value === "boolean" ? (value ? "yes" : "no") : shown(value);
    if (this.input instanceof HTMLSelectElement && ![...this.input.options].some((one) => one.value === text)) {
      this.input.append(new Option(text, text));
    }
    this.input.value = text;
  }

  /** @param {string} list id of the list of what is usual */
  suggest(list) {
    if (this.kind === "line" && this.input instanceof HTMLInputElement) this.input.setAttribute("list", list);
  }
}

/** @param {string} text @returns {Value} */
function number(text) {
  const digits = text.trim().replace(BETWEEN_DIGITS, "");
  if (!WHOLE.test(digits)) return text;
  const found = Number(digits);
  return Number.isSafeInteger(found) ? found : BigInt(digits);
}

/** @param {Value | undefined} value */
function shown(value) {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" || value instanceof Fraction ? compact(value) : "";
}
