// @ts-check
// What models can be told apart by: each facet says which of its values a model has.

/** @typedef {import("./columns.js").Models} Models */

/**
 * @typedef {object} Facet
 * @property {string} key name in the address
 * @property {string} label
 * @property {string[]} values as they stand in the address
 * @property {string[]} labels
 * @property {Int16Array} of position of each model's value; -1 for none
 * @property {boolean} ordered whether the values have an order of their own
 */

/** @typedef {Map<string, Set<string>>} Chosen facet → values that were chosen */

const SIZES = { "under-2gb": "under 2 GB", "2-4gb": "2 to 4 GB", "4-8gb": "4 to 8 GB", "8-16gb": "8 to 16 GB", "over-16gb": "16 GB and more" };
const SIZE_BOUNDS = [2000, 4000, 8000, 16000];
const PARAMETERS = { "under-4b": "under 4B", "4-10b": "4B to 10B", "10-16b": "10B to 16B", "16-40b": "16B to 40B", "over-40b": "40B and more" };
const PARAMETER_BOUNDS = [4000, 10_000, 16_000, 40_000];
const USES = { offered: "offered by workers now", used: "used this month", unused: "not used this month" };

/** @param {number} amount @param {number[]} bounds */
function step(amount, bounds) {
  if (!amount) return -1;
  const place = bounds.findIndex((bound) => amount < bound);
  return place < 0 ? bounds.length : place;
}


/** @param {Models} models @returns {Facet[]} */
export function facetsOf(models) {
  const { columns } = models;
  const titles = Object.fromEntries(models.categories.map((name) => [name, columns.titles[name] ?? name]));
  /**
   * @param {string} key
   * @param {string} label
   * @param {Record<string, string>} values
   * @param {(one: number) => number} of
   * @returns {Facet}
   */
  const facet = (key, label, values, of, ordered = false) => ({
    key,
    label,
    values: Object.keys(values),
    labels: Object.values(values),
    of: Int16Array.from({ length: models.count }, (_, one) => of(one)),
    ordered,
  });
  const found = [
    facet("category", "Category", titles, (one) => models.category[one] ?? -1, true),
    facet("baseline", "Baseline", columns.baselines, (one) => columns.baseline[one] ?? -1),
    facet("style", "Style", columns.styles, (one) => columns.style[one] ?? -1),
    facet("size", "Size on disk", SIZES, (one) => step(columns.size[one] ?? 0, SIZE_BOUNDS), true),
    facet("parameters", "Parameters", PARAMETERS, (one) => step(columns.parameters[one] ?? 0, PARAMETER_BOUNDS), true),
    facet("quantisation", "Quantisation", columns.quantisations, (one) => columns.quantisation[one] ?? -1),
  ];
  if (models.hasUse) found.push(facet("usage", "Use", USES, (one) => use(models, one), true));
  return found;
}

/** @param {Models} models @param {number} one */
function use(models, one) {
  const [workers, month] = [models.columns.workers[one] ?? -1, models.columns.month[one] ?? -1];
  if (workers > 0) return 0;
  if (month > 0) return 1;
  return workers < 0 && month < 0 ? -1 : 2;
}

/**
 * What fits the words but is not shown, by what hides it.
 * @typedef {object} Hidden
 * @property {number} unsafe only because it is not safe for work
 * @property {number} filtered only because of the filters
 * @property {number} both because of either
 */

/**
 * Models that fit all that was chosen, how many fit the words alone; and of each facet, how many there are of each value if only that facet were free.
 * @param {Models} models
 * @param {Facet[]} facets
 * @param {Chosen} chosen
 * @param {{ nsfw: boolean, scores: Float32Array | null }} asked
 */
export function narrowed(models, facets, chosen, asked) {
  const wanted = facets.map((one) => places(one, chosen.get(one.key)));
  const counts = facets.map((one) => new Uint32Array(one.values.length));
  /** @type {number[]} */
  const found = [];
  const hidden = { unsafe: 0, filtered: 0, both: 0 };
  for (let one = 0; one < models.count; one += 1) {
    if (asked.scores && !asked.scores[one]) continue;
    const missed = missedBy(one, facets, wanted);
    if (!asked.nsfw && models.columns.nsfw[one]) {
      hidden[missed === NOTHING ? "unsafe" : "both"] += 1;
      continue;
    }
    if (missed === NOTHING) found.push(one);
    else hidden.filtered += 1;
    if (missed !== SEVERAL) count(one, facets, counts, missed);
  }
  return { found, counts, hidden };
}

const NOTHING = -1;
const SEVERAL = -2;

/**
 * The one facet by which a model does not fit.
 * @param {number} one
 * @param {Facet[]} facets
 * @param {(Set<number> | null)[]} wanted
 */
function missedBy(one, facets, wanted) {
  let missed = NOTHING;
  for (let at = 0; at < facets.length; at += 1) {
    const values = wanted[at];
    if (values && !values.has(facets[at]?.of[one] ?? -1)) {
      if (missed !== NOTHING) return SEVERAL;
      missed = at;
    }
  }
  return missed;
}

/** @param {number} one @param {Facet[]} facets @param {Uint32Array[]} counts @param {number} only facet to count for, or all */
function count(one, facets, counts, only) {
  for (let at = 0; at < facets.length; at += 1) {
    const value = facets[at]?.of[one] ?? -1;
    const counted = counts[at];
    if (value >= 0 && counted && (only === NOTHING || only === at)) counted[value] = (counted[value] ?? 0) + 1;
  }
}

/** @param {Facet} one @param {Set<string> | undefined} values @returns {Set<number> | null} */
function places(one, values) {
  return values?.size ? new Set([...values].map((value) => one.values.indexOf(value))) : null;
}
