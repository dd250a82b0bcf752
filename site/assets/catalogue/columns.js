// @ts-check
// What the catalogue loads: one list for each property, as `search/models.json` has them.

/**
 * @typedef {object} Columns
 * @property {Record<string, number>} categories category → how many models; those of the first come first
 * @property {Record<string, string>} titles category → what people call it
 * @property {string[]} names
 * @property {Record<string, string>} paths position → folder below models/, where it is not category/name
 * @property {Record<string, string[]>} called position → what else the model is called
 * @property {string[]} descriptions
 * @property {Record<string, string>} baselines
 * @property {Record<string, string[]>} spellings baseline → what else people call it
 * @property {number[]} baseline
 * @property {Record<string, string>} styles
 * @property {number[]} style
 * @property {Record<string, string>} quantisations
 * @property {number[]} quantisation
 * @property {string[]} tags
 * @property {Record<string, number[]>} tagged
 * @property {number[]} nsfw
 * @property {number[]} size megabytes
 * @property {number[]} parameters millions
 * @property {number[]} month
 * @property {number[]} workers
 */

export class Models {
  /** @param {Columns} columns */
  constructor(columns) {
    this.columns = columns;
    this.count = columns.names.length;
    this.categories = Object.keys(columns.categories);
    /** Position of each model's category. @type {Uint8Array} */
    this.category = new Uint8Array(this.count);
    this.hasUse = columns.month.some((one) => one >= 0) || columns.workers.some((one) => one >= 0);
    this.baselines = Object.values(columns.baselines);
    this.spellings = Object.keys(columns.baselines).map((name) => (columns.spellings[name] ?? []).join(" "));
    this.styles = Object.values(columns.styles);
    let start = 0;
    this.categories.forEach((name, place) => {
      const end = start + (columns.categories[name] ?? 0);
      this.category.fill(place, start, end);
      start = end;
    });
  }

  /** @param {number} one */
  title(one) {
    return this.columns.titles[this.categories[this.category[one] ?? 0] ?? ""] ?? "";
  }

  /** @param {number} one */
  baseline(one) {
    return this.baselines[this.columns.baseline[one] ?? -1] ?? "";
  }

  /** What else people call its baseline. @param {number} one */
  spelling(one) {
    return this.spellings[this.columns.baseline[one] ?? -1] ?? "";
  }

  /** What else the model is called. @param {number} one @returns {string[]} */
  called(one) {
    return this.columns.called[one] ?? [];
  }

  /** @param {number} one */
  style(one) {
    return this.styles[this.columns.style[one] ?? -1] ?? "";
  }

  /** @param {number} one @returns {string[]} */
  tags(one) {
    return (this.columns.tagged[one] ?? []).map((tag) => this.columns.tags[tag] ?? "");
  }

  /** The page of a model, from the catalogue. @param {number} one */
  link(one) {
    const category = this.categories[this.category[one] ?? 0];
    const path = this.columns.paths[one] ?? `${category}/${this.columns.names[one]}`;
    return `${path.split("/").map(encodeURIComponent).join("/")}/`;
  }

  /** How large a model is, in words: parameters of those that have any, bytes of others. @param {number} one */
  amount(one) {
    const millions = this.columns.parameters[one] ?? 0;
    if (millions) return millions >= 1000 ? `${millions / 1000}B` : `${millions}M`;
    const megabytes = this.columns.size[one] ?? 0;
    if (!megabytes) return "";
    return megabytes >= 1000 ? `${megabytes / 1000}\u00a0GB` : `${megabytes}\u00a0MB`;
  }
}

/** @returns {Promise<Models>} */
export async function load() {
  const answer = await fetch(new URL("../../search/models.json", import.meta.url));
  if (!answer.ok) throw new Error(`the list of models cannot be had: ${answer.status}`);
  return new Models(await answer.json());
}
