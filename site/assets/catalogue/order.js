// @ts-check
// In which order what was found is shown.

/** @typedef {import("./columns.js").Models} Models */

const PLACES = 2 ** 24;
const MOST = 2 ** 28;
const FINE = 1000;
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export class Order {
  /** @param {Models} models */
  constructor(models) {
    this.models = models;
    const { month, names } = models.columns;
    const all = Array.from({ length: models.count }, (_, one) => one);
    /** Models, the most used first: between equals this counts. */
    this.usual = ranking(all, (a, b) => (month[b] ?? -1) - (month[a] ?? -1) || a - b);
    this.byName = ranking(all, (a, b) => collator.compare(names[a] ?? "", names[b] ?? "") || a - b);
  }

  /**
   * What was found, in order; what lacks that which counts comes last.
   * @param {number[]} found
   * @param {string} sort
   * @param {Float32Array | null} scores
   * @returns {number[]}
   */
  of(found, sort, scores) {
    const { size, parameters } = this.models.columns;
    if (!sort && scores) return arranged(found, this.usual, (one) => -Math.round((scores[one] ?? 0) * FINE));
    if (sort === "size") return arranged(found, this.usual, (one) => size[one] || MOST);
    if (sort === "-size") return arranged(found, this.usual, (one) => -(size[one] ?? 0));
    if (sort === "parameters") return arranged(found, this.usual, (one) => parameters[one] || MOST);
    if (sort === "-parameters") return arranged(found, this.usual, (one) => -(parameters[one] ?? 0));
    const isByName = sort === "name" || (sort !== "used" && !this.models.hasUse);
    return arranged(found, isByName ? this.byName : this.usual, () => 0);
  }
}

/** @typedef {{ models: Uint32Array, places: Uint32Array }} Ranking models in an order, and the place of each */

/** @param {number[]} all @param {(a: number, b: number) => number} compare @returns {Ranking} */
function ranking(all, compare) {
  const models = Uint32Array.from(all).sort(compare);
  const places = new Uint32Array(models.length);
  models.forEach((one, place) => (places[one] = place));
  return { models, places };
}

/**
 * Sorted as plain numbers, each made of what counts and of the model's place: much faster than by comparing.
 * @param {number[]} found
 * @param {Ranking} ranking
 * @param {(one: number) => number} value
 */
function arranged(found, ranking, value) {
  const keys = Float64Array.from(found, (one) => {
    const bounded = Math.max(-MOST, Math.min(MOST, value(one)));
    return bounded * PLACES + (ranking.places[one] ?? 0);
  });
  return Array.from(keys.sort(), (key) => ranking.models[((key % PLACES) + PLACES) % PLACES] ?? 0);
}
