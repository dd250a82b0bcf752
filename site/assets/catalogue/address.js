// @ts-check
// All that was asked, as it stands in the address: it can be shared, kept, and gone back to.

/** @typedef {import("./facets.js").Facet} Facet */
/** @typedef {import("./facets.js").Chosen} Chosen */

/**
 * @typedef {object} Asked
 * @property {string} q
 * @property {Chosen} chosen
 * @property {boolean} nsfw
 * @property {string} sort
 * @property {boolean} cards
 */

/** @param {string} query @param {Facet[]} facets @returns {Asked} */
export function read(query, facets) {
  const given = new URLSearchParams(query);
  const chosen = new Map(
    facets.map((one) => [one.key, new Set(given.getAll(one.key).filter((value) => one.values.includes(value)))]),
  );
  return {
    q: given.get("q") ?? "",
    chosen,
    nsfw: given.get("nsfw") === "1",
    sort: given.get("sort") ?? "",
    cards: given.get("view") === "cards",
  };
}

/** @param {Asked} asked @returns {string} the address behind its path */
export function written(asked) {
  const given = new URLSearchParams();
  if (asked.q) given.set("q", asked.q);
  for (const [key, values] of asked.chosen) for (const value of values) given.append(key, value);
  if (asked.nsfw) given.set("nsfw", "1");
  if (asked.sort) given.set("sort", asked.sort);
  if (asked.cards) given.set("view", "cards");
  const query = given.toString();
  return query ? `?${query}` : location.pathname;
}
