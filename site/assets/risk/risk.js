// @ts-check
// The models of a category at risk: selections, search, order; as many rows as can be seen, and more as one goes on.

import { part } from "../dom.js";
import { read, written } from "./address.js";
import { Chosen } from "./chosen.js";
import { load } from "./columns.js";
import { row } from "./rows.js";

/** @typedef {import("./columns.js").Models} Models */

const CHUNK = 60;

class Risks {
  /** @param {Models} models @param {HTMLElement} place */
  constructor(models, place) {
    this.models = models;
    this.rows = part("#rows", HTMLElement);
    this.more = part("#more", HTMLElement);
    this.preset = part("#preset", HTMLElement);
    this.count = part("#count", HTMLElement);
    this.input = part("#q", HTMLInputElement);
    this.sort = part("#sort", HTMLSelectElement);
    this.whole = part("#all", HTMLInputElement);
    this.presets = [...place.querySelectorAll("button[data-preset]")].filter((one) => one instanceof HTMLButtonElement);
    this.chosen = new Chosen(models, place, () => this.mark());
    this.asked = read(location.search, models.columns.presets);
    /** @type {number[]} */
    this.found = [];
    this.shown = 0;
    this.isTyping = false;
  }

  start() {
    for (const one of this.presets) one.addEventListener("click", () => this.change({ preset: one.dataset.preset ?? "" }));
    this.input.addEventListener("input", () => this.type());
    this.input.addEventListener("change", () => (this.isTyping = false));
    this.sort.addEventListener("change", () => this.change({ sort: this.sort.value }));
    this.rows.addEventListener("change", (event) => this.check(event.target));
    this.whole.addEventListener("change", () => {
      this.chosen.choose(this.found, this.whole.checked);
      this.mark();
    });
    this.whole.closest("label")?.removeAttribute("hidden");
    this.more.addEventListener("click", () => this.grow());
    const watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.grow(), {
      rootMargin: "600px",
    });
    watcher.observe(this.more);
    part("#search", HTMLElement).addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("popstate", () => {
      this.asked = read(location.search, this.models.columns.presets);
      this.draw();
    });
    this.draw();
  }

  /** Letters typed one after the other are one step back. */
  type() {
    this.asked = { ...this.asked, q: this.input.value };
    if (this.isTyping) history.replaceState(null, "", written(this.asked));
    else history.pushState(null, "", written(this.asked));
    this.isTyping = true;
    this.draw();
  }

  /** @param {Partial<import("./address.js").Asked>} what */
  change(what) {
    this.isTyping = false;
    this.asked = { ...this.asked, ...what };
    history.pushState(null, "", written(this.asked));
    this.draw();
  }

  /** @param {EventTarget | null} box */
  check(box) {
    if (!(box instanceof HTMLInputElement)) return;
    this.chosen.choose([Number(box.dataset.one)], box.checked);
    this.tell();
  }

  draw() {
    this.found = this.models.found(this.asked);
    this.shown = 0;
    this.rows.replaceChildren();
    this.grow();
    if (this.input.value !== this.asked.q) this.input.value = this.asked.q;
    this.sort.value = this.asked.sort;
    if (this.sort.selectedIndex < 0) this.sort.value = "";
    for (const one of this.presets) {
      const isChosen = one.dataset.preset === this.asked.preset;
      one.setAttribute("aria-pressed", String(isChosen));
      if (isChosen) this.preset.textContent = one.title;
    }
    this.tell();
  }

  grow() {
    const next = this.found.slice(this.shown, this.shown + CHUNK);
    this.shown += next.length;
    this.rows.append(...next.map((one) => row(this.models, one, this.chosen.of.has(one))));
    this.more.hidden = this.shown >= this.found.length;
  }

  /** Which boxes are checked, after many were at once. */
  mark() {
    for (const box of this.rows.querySelectorAll("input")) box.checked = this.chosen.of.has(Number(box.dataset.one));
    this.tell();
  }

  tell() {
    const all = this.models.count.toLocaleString("en");
    const found = this.found.length.toLocaleString("en");
    this.count.textContent = this.found.length === this.models.count ? `${all} models` : `${found} of ${all} models`;
    const chosen = this.found.filter((one) => this.chosen.of.has(one)).length;
    this.whole.checked = chosen > 0 && chosen === this.found.length;
    this.whole.indeterminate = chosen > 0 && chosen < this.found.length;
  }
}

const place = part("#risk", HTMLElement);
load(place.dataset.category ?? "").then(
  (models) => new Risks(models, place).start(),
  () => (part("#count", HTMLElement).textContent = "The list cannot be had now. The table below has what there is."),
);
