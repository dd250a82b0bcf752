// @ts-check
// The models that are selected: how many, how large, and what can be done with them.

import { offer, part } from "../dom.js";
import { sized } from "./rows.js";
import { chosenLines } from "./table.js";

/** @typedef {import("./columns.js").Models} Models */

const SHOWN = 1500;

export class Chosen {
  /** @param {Models} models @param {HTMLElement} place @param {() => void} redraw */
  constructor(models, place, redraw) {
    this.models = models;
    this.place = place;
    this.bar = part("#chosen", HTMLElement);
    this.sum = part("#sum", HTMLElement);
    this.remove = part("#remove", HTMLElement);
    /** @type {Set<number>} */
    this.of = new Set();
    const copy = part("#copy", HTMLElement);
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", () => void this.copy(copy));
    part("#save", HTMLElement).addEventListener("click", () => void this.save(part("#save", HTMLElement)));
    part("#clear", HTMLElement).addEventListener("click", () => {
      this.of.clear();
      this.tell();
      redraw();
    });
  }

  /** @param {Iterable<number>} models @param {boolean} on */
  choose(models, on) {
    for (const one of models) {
      if (on) this.of.add(one);
      else this.of.delete(one);
    }
    this.tell();
  }

  /** Positions in the order of the published table. */
  all() {
    return [...this.of].sort((one, other) => one - other);
  }

  tell() {
    const { size, names } = this.models.columns;
    const chosen = this.all();
    const unsized = chosen.filter((one) => !size[one]).length;
    const total = chosen.reduce((sum, one) => sum + (size[one] ?? 0), 0);
    const said = [`${chosen.length.toLocaleString("en")} selected`];
    if (total) said.push(`${sized(total)} GiB`);
    if (unsized) said.push(`${unsized.toLocaleString("en")} of unknown size`);
    this.sum.textContent = said.join(" · ");
    this.bar.hidden = chosen.length === 0;
    this.remove.hidden = chosen.length !== 1;
    const form = new URLSearchParams({ template: "remove-model.yml", category: this.models.category });
    form.set("name", names[chosen[0] ?? -1] ?? "");
    this.remove.setAttribute("href", `${this.place.dataset.remove}?${form}`);
  }

  /** @param {HTMLElement} button */
  async copy(button) {
    const names = this.all().map((one) => this.models.columns.names[one]);
    try {
      await navigator.clipboard.writeText(names.join("\n"));
      say(button, "Copied");
    } catch {
      say(button, "Not allowed");
    }
  }

  /** @param {HTMLElement} button */
  async save(button) {
    try {
      const answer = await fetch(this.place.dataset.csv ?? "");
      if (!answer.ok) throw new Error(`the table cannot be had: ${answer.status}`);
      const lines = chosenLines(await answer.text(), this.models.columns.names, this.all());
      offer(new Blob([lines], { type: "text/csv" }), `deletion-risk-${this.models.category}.csv`);
    } catch {
      say(button, "Load the page anew");
    }
  }
}

/** @param {HTMLElement} button @param {string} text */
function say(button, text) {
  const before = button.dataset.before ?? button.textContent ?? "";
  button.dataset.before = before;
  button.textContent = text;
  setTimeout(() => (button.textContent = before), SHOWN);
}
