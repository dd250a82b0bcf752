// @ts-check
// What was found, as a table or as cards: as much of it as can be seen, and more as one goes on.

import { made } from "../dom.js";

/** @typedef {import("./columns.js").Models} Models */

const CHUNK = 40;

export class Results {
  /** @param {Models} models @param {HTMLElement} place @param {HTMLButtonElement} more */
  constructor(models, place, more) {
    this.models = models;
    this.place = place;
    this.more = more;
    /** @type {number[]} */
    this.found = [];
    this.shown = 0;
    this.isCards = false;
    this.list = made("tbody");
    more.addEventListener("click", () => this.grow());
    const watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.grow(), {
      rootMargin: "600px",
    });
    watcher.observe(more);
  }

  /** @param {number[]} found positions, best first @param {boolean} isCards @param {number} least how many to show at once */
  show(found, isCards, least) {
    this.found = found;
    this.isCards = isCards;
    this.shown = 0;
    this.list = made(isCards ? "ul" : "tbody", "", isCards ? "cards" : "");
    this.place.replaceChildren(found.length ? this.frame() : made("p", "Nothing fits. Try fewer words or filters.", "empty"));
    this.grow(Math.max(least, CHUNK));
  }

  frame() {
    if (this.isCards) return this.list;
    const table = made("table", "", "models");
    const row = made("tr");
    const heads = [["Model"], ["Category", "sometimes"], ["Baseline", "sometimes"], ["Style", "sometimes"], ["Size", "right"]];
    if (this.models.hasUse) heads.push(["Monthly use", "right sometimes"]);
    for (const [text, kind] of heads) {
      const head = made("th", text, kind);
      head.setAttribute("scope", "col");
      row.append(head);
    }
    const top = made("thead");
    top.append(row);
    table.append(top, this.list);
    return table;
  }

  /** @param {number} [by] */
  grow(by = CHUNK) {
    const next = this.found.slice(this.shown, this.shown + by);
    this.shown += next.length;
    this.list.append(...next.map((one) => (this.isCards ? this.card(one) : this.row(one))));
    this.more.hidden = this.shown >= this.found.length;
  }

  /** To the first of what was found. */
  focus() {
    const first = this.place.querySelector("a.to-model");
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {number} one */
  link(one) {
    const link = made("a", "", "to-model");
    link.setAttribute("href", this.models.link(one));
    link.append(made("bdi", this.models.columns.names[one]));
    return link;
  }

  /** @param {number} one */
  row(one) {
    const { columns } = this.models;
    const row = made("tr");
    const head = made("th");
    head.setAttribute("scope", "row");
    head.append(this.link(one));
    if (columns.nsfw[one]) head.append(" ", made("span", "NSFW", "badge warn"));
    if (columns.descriptions[one]) head.append(made("p", columns.descriptions[one]));
    row.append(
      head,
      made("td", this.models.title(one), "kind sometimes"),
      made("td", this.models.baseline(one), "sometimes"),
      made("td", this.models.style(one), "kind sometimes"),
      made("td", this.models.amount(one), "right"),
    );
    if (this.models.hasUse) row.append(made("td", this.month(one), "right sometimes"));
    return row;
  }

  /** @param {number} one */
  card(one) {
    const { columns } = this.models;
    const card = made("li");
    const said = [this.models.baseline(one), this.models.style(one), this.models.amount(one)].filter(Boolean);
    const kind = made("p", this.models.title(one), "kind");
    if (columns.nsfw[one]) kind.append(" ", made("span", "NSFW", "badge warn"));
    card.append(kind, this.link(one));
    if (columns.descriptions[one]) card.append(made("p", columns.descriptions[one]));
    card.append(made("p", said.join(" · "), "facts-line"));
    return card;
  }

  /** @param {number} one */
  month(one) {
    const month = this.models.columns.month[one] ?? -1;
    return month < 0 ? "" : month.toLocaleString("en");
  }
}
