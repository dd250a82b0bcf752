// @ts-check
// What was asked, as it stands in the address: it can be shared, and gone back to.

/**
 * @typedef {object} Asked
 * @property {string} preset
 * @property {string} q
 * @property {string} sort
 */

/** @param {string} query @param {string[]} presets @returns {Asked} */
export function read(query, presets) {
  const given = new URLSearchParams(query);
  const preset = given.get("preset") ?? "";
  return { preset: presets.includes(preset) ? preset : "", q: given.get("q") ?? "", sort: given.get("sort") ?? "" };
}

/** @param {Asked} asked @returns {string} the address behind its path */
export function written(asked) {
  const given = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
  return given.size ? `?${given}` : location.pathname;
}
