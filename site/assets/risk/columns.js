// @ts-check
// What the page on deletion risk loads: one list for each property, as `search/risk/<category>.json` has them.

/**
 * @typedef {object} Columns
 * @property {string[]} flags what speaks for deleting a model
 * @property {string[]} presets names of the selections
 * @property {string[]} names
 * @property {Record<string, string>} paths position → folder below models/, where it is not category/name
 * @property {number[]} raised bits: places in `flags`
 * @property {number[]} taken bits: places in `presets`
 * @property {number[]} critical
 * @property {number[]} nsfw
 * @property {number[]} month -1 where nobody counted
 * @property {number[]} workers -1 where nobody counted
 * @property {number[]} size GiB, 0 where nobody said
 */

/** @param {string} category @returns {Promise<Models>} */
export async function load(category) {
  const answer = await fetch(new URL(`../../search/risk/${category}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`the list of models cannot be had: ${answer.status}`);
  return new Models(category, await answer.json());
}

export class Models {
  /** @param {string} category @param {Columns} columns */
  constructor(category, columns) {
    this.category = category;
    this.columns = columns;
    this.count = columns.names.length;
    /** What is searched in. @type {string[]} */
    this.texts = columns.names.map((name, one) => `${name}\n${this.flags(one).join("\n")}`.toLowerCase());
  }

  /** @param {number} one @returns {string[]} */
  flags(one) {
    return this.columns.flags.filter((_, place) => (this.columns.raised[one] ?? 0) & (1 << place));
  }

  /** The page of a model, from that of its risk. @param {number} one */
  link(one) {
    const path = this.columns.paths[one] ?? `${this.category}/${this.columns.names[one]}`;
    return `../../models/${path.split("/").map(encodeURIComponent).join("/")}/`;
  }

  /**
   * Models that a preset takes and in which all words occur, those at the highest risk first unless another order is wished.
   * @param {{ preset: string, q: string, sort: string }} asked
   * @returns {number[]}
   */
  found({ preset, q, sort }) {
    const bit = 1 << this.columns.presets.indexOf(preset);
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    /** @type {number[]} */
    const found = [];
    for (let one = 0; one < this.count; one += 1) {
      if (preset && !((this.columns.taken[one] ?? 0) & bit)) continue;
      if (words.every((word) => this.texts[one]?.includes(word))) found.push(one);
    }
    return found.sort(this.order(sort));
  }

  /** @param {string} sort @returns {(one: number, other: number) => number} */
  order(sort) {
    const { names, month, size } = this.columns;
    const at = (/** @type {number[]} */ list, /** @type {number} */ one) => list[one] ?? 0;
    const score = this.columns.raised.map(ones);
    switch (sort) {
      case "month":
        return (one, other) => at(month, one) - at(month, other);
      case "-size":
        return (one, other) => at(size, other) - at(size, one);
      case "name":
        return (one, other) => (names[one] ?? "").localeCompare(names[other] ?? "", "en", { numeric: true });
      default:
        return (one, other) => at(score, other) - at(score, one) || at(month, one) - at(month, other);
    }
  }
}

/** How many bits are set. @param {number} bits */
export function ones(bits) {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count += 1;
  return count;
}
