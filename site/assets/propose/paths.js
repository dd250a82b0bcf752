// @ts-check
// Path of a record's file from its name, as the generator makes it: safe on every disk, and one for each name.

const FORBIDDEN = /[\x00-\x1f\x7f<>:"\\|?*%#]/g;
const EDGE_SLASH = /^\/|\/$|\/(?=\/)/g;
const PART_EDGE = /^[ .]|[ .]$/g;
const FOLDER_SUFFIX = /\.(?=json$)/i;

/** Path below `data/`. @param {string} category @param {string} name */
export function pathOf(category, name) {
  const safe = name.replace(FORBIDDEN, escaped).replace(EDGE_SLASH, "%2F");
  const parts = safe.split("/").map((part) => part.replace(PART_EDGE, escaped));
  const last = parts.pop() ?? "";
  return [category, ...parts.map((part) => part.replace(FOLDER_SUFFIX, "%2E")), `${last}.json`].join("/");
}

/** The path as file systems compare it that know neither case nor Unicode forms. @param {string} category @param {string} name */
export function foldedPath(category, name) {
  return folded(pathOf(category, name));
}

/** @param {string} path */
export function folded(path) {
  return path.normalize("NFC").toLowerCase().normalize("NFC");
}

/** The folders that a record's path goes through below that of its category. @param {string} category @param {string} name @returns {string[]} */
export function foldersOf(category, name) {
  const parts = pathOf(category, name).split("/").slice(1, -1);
  return parts.map((_, depth) => parts.slice(0, depth + 1).join("/"));
}

/** @param {string} category @param {string} name @param {number} most bytes of a part */
export function isTooLong(category, name, most) {
  return pathOf(category, name).split("/").some((part) => new TextEncoder().encode(part).length > most);
}

/** @param {string} mark one of ASCII */
function escaped(mark) {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
