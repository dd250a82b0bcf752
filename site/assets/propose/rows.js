// @ts-check
// A list of the form: rows that are added and removed.

import { part } from "../dom.js";
import { Field } from "./field.js";
import { Pair } from "./pair.js";
import { withValue } from "./values.js";

/** @typedef {import("./values.js").Value} Value */
/** @typedef {import("./values.js").Members} Members */

/**
 * @typedef {object} Row
 * @property {HTMLElement} element
 * @property {Field[]} fields
 * @property {Pair | null} pair
 * @property {Members} base what a file says besides
 */

let made = 0;

export class Rows {
  /** @param {HTMLFieldSetElement} element @param {() => void} tell that something changed */
  constructor(element, tell) {
    this.element = element;
    this.kind = element.dataset.kind ?? "";
    /** @type {string[]} */
    this.place = JSON.parse(element.dataset.place ?? "[]");
    this.label = element.dataset.label ?? "";
    this.lists = (element.dataset.lists ?? "").split(" ");
    this.list = part("ol", HTMLOListElement, element);
    this.template = part("template", HTMLTemplateElement, element);
    this.faultPlace = part(`:scope > .fault`, HTMLElement, element);
    this.adding = part("button.add", HTMLButtonElement, element);
    this.suggested = "";
    this.tell = tell;
    /** @type {Row[]} */
    this.rows = [];
    this.adding.addEventListener("click", () => this.add().querySelector("input")?.focus());
  }

  /** @returns {Value | undefined} nothing where there are no rows with anything in them */
  get value() {
    const rows = this.filled();
    if (!rows.length) return undefined;
    if (this.kind === "files") return rows.map(fileOf);
    if (this.kind === "lines") return rows.map((row) => row.fields[0]?.value ?? "");
    return new Map(rows.map((row) => [row.pair?.key ?? "", row.pair?.value ?? ""]));
  }

  /** Rows with anything in them. */
  filled() {
    return this.rows.filter((row) => (row.pair ? !row.pair.isEmpty : row.base.size || row.fields.some((one) => one.value !== undefined)));
  }

  /** @param {Value | undefined} value */
  show(value) {
    this.list.replaceChildren();
    this.rows = [];
    if (value instanceof Map) for (const [key, one] of value) this.last(this.add()).pair?.show(key, one);
    else if (Array.isArray(value)) for (const one of value) this.fill(this.last(this.add()), one);
  }

  /** @param {Row} row @param {Value} value */
  fill(row, value) {
    if (value instanceof Map) row.base = value;
    for (const field of row.fields) field.show(value instanceof Map ? value.get(field.place[0] ?? "") : value);
  }

  /** @param {HTMLElement} element @returns {Row} */
  last(element) {
    const row = this.rows.at(-1);
    if (row?.element !== element) throw new Error("the row is not the last");
    return row;
  }

  add() {
    const copy = /** @type {DocumentFragment} */ (this.template.content.cloneNode(true));
    const element = part("li", HTMLLIElement, copy);
    made += 1;
    named(element, `row-${made}`);
    const wrappers = [...element.querySelectorAll(".field")].filter((one) => one instanceof HTMLElement);
    const isPair = wrappers[0]?.dataset.kind === "pair";
    const first = /** @type {HTMLElement} */ (wrappers[0]);
    /** @type {Row} */
    const row = {
      element,
      fields: isPair ? [] : wrappers.map((one) => new Field(one, one.querySelector(".fault") ? undefined : this.faultPlace)),
      pair: isPair ? new Pair(first, this.faultPlace, this.kind === "words", this.lists) : null,
      base: new Map(),
    };
    part("button.remove", HTMLButtonElement, element).addEventListener("click", () => this.remove(row));
    this.rows.push(row);
    this.list.append(element);
    this.count();
    return element;
  }

  /** @param {Row} row */
  remove(row) {
    const place = this.rows.indexOf(row);
    this.rows.splice(place, 1);
    row.element.remove();
    this.count();
    const next = this.rows[Math.min(place, this.rows.length - 1)];
    (next ? part("button.remove", HTMLButtonElement, next.element) : this.adding).focus();
    this.tell();
  }

  /** Rows are told apart by their numbers. */
  count() {
    for (const [place, row] of this.rows.entries()) {
      const name = `${this.label} ${place + 1}`;
      const legend = row.element.querySelector("legend[data-number]");
      if (legend instanceof HTMLElement) legend.textContent = `${legend.dataset.number} ${place + 1}`;
      part("button.remove", HTMLButtonElement, row.element).setAttribute("aria-label", `Remove ${legend?.textContent ?? name}`);
      for (const one of row.pair ? [row.pair.keyInput, row.pair.input] : legend ? [] : [row.fields[0]?.input]) {
        one?.setAttribute("aria-label", row.pair ? `${name}, ${one === row.pair.input ? "value" : "key"}` : name);
        one?.setAttribute("aria-describedby", this.faultPlace.id);
      }
      if (this.suggested) (row.pair ? row.pair.keyInput : row.fields[0]?.input)?.setAttribute("list", this.suggested);
    }
  }

  /** @param {string} list id of the list of what is usual */
  suggest(list) {
    if (this.kind === "files") return;
    this.suggested = list;
    this.count();
  }
}

/** @param {Row} row @returns {Value} */
function fileOf(row) {
  return row.fields.reduce((file, field) => withValue(file, field.place, field.value), row.base);
}

/** Give what is in a copy ids of its own. @param {HTMLElement} element @param {string} prefix */
function named(element, prefix) {
  for (const one of element.querySelectorAll("[id], [for], [aria-describedby]")) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const said = one.getAttribute(name);
      if (said) one.setAttribute(name, said.split(" ").map((id) => `${prefix}-${id}`).join(" "));
    }
  }
}
