// @ts-check
// JSON values as records hold them. Objects are maps: keys keep their order, and none of them means anything else.

/** A number that is written as a fraction: `1.0` is another text than `1`. */
export class Fraction {
  /** @param {number} value */
  constructor(value) {
    this.value = value;
  }
}

/** @typedef {string | number | bigint | boolean | null | Fraction | any[] | Map<string, any>} Value lists and objects hold such again */
/** @typedef {Map<string, Value>} Members */
/** @typedef {readonly (string | number)[]} Path keys, and places in lists, that lead to a value */

/** @param {Path} path */
export function pointer(path) {
  return path.map((key) => `/${String(key).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}

/** @param {Value | undefined} value @param {Path} path @returns {Value | undefined} */
export function valueAt(value, path) {
  for (const key of path) {
    if (value instanceof Map) value = value.get(String(key));
    else if (Array.isArray(value)) value = value[Number(key)];
    else return undefined;
  }
  return value;
}

/**
 * The same object with another value at a place; without a value, what is then empty around it goes as well.
 * @param {Members} members
 * @param {readonly string[]} path
 * @param {Value | undefined} value
 * @returns {Members}
 */
export function withValue(members, path, value) {
  const [key, ...below] = path;
  const made = new Map(members);
  if (key === undefined) return made;
  const inside = members.get(key);
  const next = below.length ? withValue(inside instanceof Map ? inside : new Map(), below, value) : value;
  if (next === undefined || (below.length && value === undefined && next instanceof Map && !next.size)) made.delete(key);
  else made.set(key, next);
  return made;
}
