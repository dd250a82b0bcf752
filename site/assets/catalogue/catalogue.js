// @ts-check
// The catalogue: what was asked stands in the address, and what fits it is shown.

import { part } from "../dom.js";
import { read, written } from "./address.js";
import { load } from "./columns.js";
import { facetsOf, narrowed } from "./facets.js";
import { Filters } from "./filters.js";
import { listen } from "./keyboard.js";
import { LeftOut } from "./left_out.js";
import { Order } from "./order.js";
import { Results } from "./results.js";
import { Search } from "./search.js";

/** @typedef {import("./columns.js").Models} Models */

class Catalogue {
  /** @param {Models} models */
  constructor(models) {
    this.models = models;
    this.search = new Search(models);
    this.order = new Order(models);
    this.facets = facetsOf(models);
    this.asked = read(location.search, this.facets);
    this.input = part("#q", HTMLInputElement);
    this.sort = part("#sort", HTMLSelectElement);
    this.count = part("#count", HTMLElement);
    this.asTable = part("#as-table", HTMLButtonElement);
    this.asCards = part("#as-cards", HTMLButtonElement);
    this.results = new Results(models, part("#results", HTMLElement), part("#more", HTMLButtonElement));
    this.filters = new Filters(part("#filters", HTMLFormElement), this.facets, {
      choose: (key, value, on) => this.choose(key, value, on),
      nsfw: (on) => this.change({ nsfw: on }),
      clear: () => this.change({ nsfw: false, chosen: this.nothing() }),
      redraw: () => this.draw(),
    });
    this.leftOut = new LeftOut(part("#left-out", HTMLElement), (wish) => this.widen(wish));
    this.isTyping = false;
  }

  start() {
    this.input.addEventListener("input", () => this.type(this.input.value));
    this.input.addEventListener("change", () => (this.isTyping = false));
    this.sort.addEventListener("change", () => this.change({ sort: this.sort.value }));
    this.asTable.addEventListener("click", () => this.change({ cards: false }));
    this.asCards.addEventListener("click", () => this.change({ cards: true }));
    part("#search", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("popstate", () => this.comeBack());
    window.addEventListener("pagehide", () => this.leave());
    history.scrollRestoration = "manual";
    foldFilters();
    listen(this.input, this.results, () => {
      this.type("");
      this.isTyping = false;
    });
    const typedEarly = this.input.value;
    this.comeBack();
    if (typedEarly && !this.asked.q) this.type(typedEarly);
  }

  comeBack() {
    this.isTyping = false;
    this.asked = read(location.search, this.facets);
    this.draw(Number(history.state?.shown) || 0);
    if (history.state) scrollTo(0, Number(history.state.y) || 0);
  }

  /** Keep the place, to come back to: the browser restores it before there is anything to see. */
  leave() {
    history.replaceState({ shown: this.results.shown, y: scrollY }, "");
  }

  push() {
    this.leave();
    history.pushState(null, "", written(this.asked));
  }

  /** Letters typed one after the other are one step back. @param {string} q */
  type(q) {
    this.asked = { ...this.asked, q };
    if (this.isTyping) history.replaceState(null, "", written(this.asked));
    else this.push();
    this.isTyping = true;
    this.draw();
  }

  /** @param {string} key @param {string} value @param {boolean} on */
  choose(key, value, on) {
    const values = new Set(this.asked.chosen.get(key));
    if (on) values.add(value);
    else values.delete(value);
    this.change({ chosen: new Map([...this.asked.chosen, [key, values]]) });
  }

  /** @returns {import("./facets.js").Chosen} */
  nothing() {
    return new Map(this.facets.map((one) => [one.key, new Set()]));
  }

  /** The button that was pressed is gone then: the focus goes on to what it showed. @param {import("./left_out.js").Widened} wish */
  widen(wish) {
    const { nsfw, chosen } = this.asked;
    this.change({ nsfw: nsfw || wish.nsfw, chosen: wish.filters ? this.nothing() : chosen });
    this.results.focus();
  }

  /** @param {Partial<import("./address.js").Asked>} what */
  change(what) {
    this.isTyping = false;
    this.asked = { ...this.asked, ...what };
    this.push();
    this.draw();
  }

  /** @param {number} [least] how many results to show at once */
  draw(least = 0) {
    performance.mark("search-begins");
    const { asked, models } = this;
    const scores = this.search.scores(asked.q);
    const { found, counts, hidden } = narrowed(models, this.facets, asked.chosen, { nsfw: asked.nsfw, scores });
    this.results.show(this.order.of(found, asked.sort, scores), asked.cards, least);
    this.filters.show(asked, counts);
    this.leftOut.show(hidden, Boolean(asked.q) || [...asked.chosen.values()].some((one) => one.size), found.length > 0);
    this.tell(found.length);
    performance.measure("search", "search-begins");
  }

  /** @param {number} found */
  tell(found) {
    const { asked, models } = this;
    if (this.input.value !== asked.q) this.input.value = asked.q;
    this.sort.value = asked.sort;
    if (this.sort.selectedIndex < 0) this.sort.value = "";
    const usual = models.hasUse ? "most used" : "name";
    if (this.sort.options[0]) this.sort.options[0].textContent = asked.q ? "best match" : `usual (${usual})`;
    this.asTable.setAttribute("aria-pressed", String(!asked.cards));
    this.asCards.setAttribute("aria-pressed", String(asked.cards));
    const all = models.count.toLocaleString("en");
    this.count.textContent = found === models.count ? `${all} models` : `${found.toLocaleString("en")} of ${all} models`;
  }
}

function foldFilters() {
  const button = part("#open-filters", HTMLButtonElement);
  const form = part("#filters", HTMLFormElement);
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(form.classList.toggle("open")));
  });
}

try {
  new Catalogue(await load()).start();
} catch (error) {
  document.documentElement.classList.remove("js");
  throw error;
}
