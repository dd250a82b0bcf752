// @ts-check
// What would be found but for filters: told, and shown by one press.

import { made } from "../dom.js";

/** @typedef {import("./facets.js").Hidden} Hidden */

/** @typedef {{ nsfw: boolean, filters: boolean }} Widened what is to be shown: what is not safe for work, what filters hide */

/** What hides most of what can be had at once. @type {[keyof Hidden, string, Widened][]} */
const REASONS = [
  ["unsafe", "as not safe for work", { nsfw: true, filters: false }],
  ["filtered", "by the filters", { nsfw: false, filters: true }],
  ["both", "by the filters and as not safe for work", { nsfw: true, filters: true }],
];

export class LeftOut {
  /** @param {HTMLElement} place @param {(wish: Widened) => void} widen */
  constructor(place, widen) {
    this.place = place;
    this.words = made("span");
    this.button = made("button", "Show", { type: "button", class: "widen" });
    place.append(this.words, " ", this.button);
    /** @type {Widened} */
    this.wish = { nsfw: false, filters: false };
    this.button.addEventListener("click", () => widen(this.wish));
  }

  /** Filters that hide only a part were chosen for that. @param {Hidden} hidden @param {boolean} isAsked @param {boolean} isFound */
  show(hidden, isAsked, isFound) {
    const reason = isAsked && REASONS.find(([key]) => hidden[key] && (key === "unsafe" || !isFound));
    this.place.hidden = !reason;
    if (!reason) return;
    const [key, words, wish] = reason;
    this.words.textContent = `${hidden[key].toLocaleString("en")} hidden ${words}.`;
    this.wish = wish;
  }
}
