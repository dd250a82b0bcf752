// @ts-check
// Which models fit the words that were typed, and how well.

import { allowed, folded, mistakes, partsOf, wordsOf } from "./words.js";

/** @typedef {import("./columns.js").Models} Models */

const NAME = 10;
const CALLED = 9;
const TAG = 6;
const KIND = 4;
const SPELLING = 3;
const DESCRIPTION = 2;
const BEGINS = 0.8;
const HOLDS = 0.45;
const MISTAKEN = 0.4;
const PER_MISTAKE = 0.12;
const SHORTEST_INSIDE = 3;

export class Search {
  /** @param {Models} models */
  constructor(models) {
    this.models = models;
    /** Word → positions of models, each followed by what the word counts for there. @type {Map<string, number[]>} */
    this.places = new Map();
    for (let one = 0; one < models.count; one += 1) this.read(one);
    this.vocabulary = [...this.places.keys()];
    /** What was found for the words of the last query: letters are added to the last of them only. @type {Map<string, Float32Array>} */
    this.last = new Map();
  }

  /** @param {number} one */
  read(one) {
    const { models } = this;
    /** @type {Map<string, number>} */
    const found = new Map();
    const note = (/** @type {string[]} */ words, /** @type {number} */ weight) => {
      for (const word of words) if (!found.has(word)) found.set(word, weight);
    };
    note(partsOf(models.columns.names[one] ?? ""), NAME);
    for (const name of models.called(one)) note(partsOf(name), CALLED);
    for (const tag of models.tags(one)) note(wordsOf(tag), TAG);
    note(wordsOf(`${models.baseline(one)} ${models.style(one)} ${models.title(one)}`), KIND);
    note(wordsOf(models.spelling(one)), SPELLING);
    note(wordsOf(models.columns.descriptions[one] ?? ""), DESCRIPTION);
    for (const [word, weight] of found) {
      const known = this.places.get(word);
      if (known) known.push(one, weight);
      else this.places.set(word, [one, weight]);
    }
  }

  /**
   * How well each model fits; 0 for one that lacks any of the words.
   * @param {string} query
   * @returns {Float32Array | null} nothing where nothing was asked
   */
  scores(query) {
    const asked = [...new Set(wordsOf(query))];
    if (!asked.length) return this.marked(folded(query.trim()));
    this.last = new Map(asked.map((word) => [word, this.last.get(word) ?? this.scoresOf(word)]));
    const [first, ...others] = this.last.values();
    const all = Float32Array.from(first ?? []);
    for (const next of others) {
      for (let one = 0; one < all.length; one += 1) {
        const [before, more] = [all[one] ?? 0, next[one] ?? 0];
        all[one] = before && more ? before + more : 0;
      }
    }
    return all;
  }

  /** Names that hold what has neither letters nor digits. @param {string} asked @returns {Float32Array | null} */
  marked(asked) {
    if (!asked) return null;
    const { names } = this.models.columns;
    return Float32Array.from(names, (name) => (folded(name).includes(asked) ? NAME / name.length : 0));
  }

  /** @param {string} asked */
  scoresOf(asked) {
    const scores = new Float32Array(this.models.count);
    let isFound = false;
    for (const word of this.vocabulary) {
      const quality = fit(asked, word);
      if (quality) {
        isFound = true;
        this.add(scores, word, quality);
      }
    }
    if (!isFound) this.guess(scores, asked);
    return scores;
  }

  /** Only what is nowhere to be found as it was typed is taken for a mistake. @param {Float32Array} scores @param {string} asked */
  guess(scores, asked) {
    const most = allowed(asked);
    for (const word of most ? this.vocabulary : []) {
      const wrong = mistakes(asked, word, most);
      if (wrong <= most) this.add(scores, word, MISTAKEN - wrong * PER_MISTAKE);
    }
  }

  /** @param {Float32Array} scores @param {string} word @param {number} quality */
  add(scores, word, quality) {
    const places = this.places.get(word) ?? [];
    for (let at = 0; at < places.length; at += 2) {
      const one = places[at] ?? 0;
      const score = (places[at + 1] ?? 0) * quality;
      if (score > (scores[one] ?? 0)) scores[one] = score;
    }
  }
}

/** @param {string} asked @param {string} word */
function fit(asked, word) {
  if (word === asked) return 1;
  if (word.startsWith(asked)) return BEGINS;
  return asked.length >= SHORTEST_INSIDE && word.includes(asked) ? HOLDS : 0;
}
