// @ts-check
// All fields of the form: what they say of a record, and where in it each of them stands.

import { Field } from "./field.js";
import { Rows } from "./rows.js";
import { pointer, valueAt, withValue } from "./values.js";

/** @typedef {import("./values.js").Members} Members */
/** @typedef {import("./known.js").Known} Known */
/** @typedef {import("./pair.js").Pair} Pair */

/**
 * @typedef {object} Spot a control, and the place in the record that it is about
 * @property {string} pointer
 * @property {string} label
 * @property {Field | Pair} field
 */

export class Form {
  /** @param {HTMLElement} root @param {(change: (record: Members) => Members) => void} tell how a record changes */
  constructor(root, tell) {
    this.root = root;
    this.tell = tell;
    /** @type {(Field | Rows)[]} */
    this.fields = [];
    for (const element of root.querySelectorAll(".field")) {
      if (element.parentElement?.closest(".rows") || !(element instanceof HTMLElement)) continue;
      const one = element instanceof HTMLFieldSetElement ? new Rows(element, () => this.say(one)) : new Field(element);
      this.fields.push(one);
      element.addEventListener("input", () => this.say(one));
      element.addEventListener("focusout", (event) => this.leave(event.target));
    }
  }

  /** @param {Field | Rows} one */
  say(one) {
    this.tell((record) => withValue(record, one.place, one.value));
  }

  /** Whoever left a field wants to know whether it is right. @param {EventTarget | null} target */
  leave(target) {
    for (const { field } of this.spots()) if (field.input === target) field.isVisited = true;
    this.tell((record) => record);
  }

  visitAll() {
    for (const { field } of this.spots()) field.isVisited = true;
  }

  /** @param {Members} record */
  show(record) {
    for (const one of this.fields) one.show(valueAt(record, one.place));
  }

  /** @returns {Spot[]} */
  spots() {
    return this.fields.flatMap((one) => (one instanceof Field ? [{ pointer: pointer(one.place), label: one.label, field: one }] : rowSpots(one)));
  }

  /** Offer what other records say. @param {Known} known @param {(path: string[]) => string[]} more keys that the schema knows */
  suggest(known, more) {
    for (const [place, one] of this.fields.entries()) {
      const words = [...new Set([...known.usual(one.place), ...more(one.place)])].filter((word) => !/^[\d.]*$|:\/\//.test(word));
      if (!words.length) continue;
      const list = document.createElement("datalist");
      list.id = `usual-${place}`;
      list.append(...words.map((word) => new Option(word, word)));
      this.root.append(list);
      one.suggest(list.id);
    }
  }
}

/** @param {Rows} rows @returns {Spot[]} */
function rowSpots(rows) {
  return rows.filled().flatMap((row, place) => {
    /** @type {Spot[]} */
    const spots = [];
    const name = `${rows.label} ${place + 1}`;
    for (const field of row.fields) {
      const label = field.label ? `${name}, ${field.label}` : name;
      spots.push({ pointer: pointer([...rows.place, place, ...field.place]), label, field });
    }
    if (row.pair) {
      const { key } = row.pair;
      spots.push({ pointer: pointer([...rows.place, key]), label: `${rows.label}, ${key}`, field: row.pair });
    }
    return spots;
  });
}
