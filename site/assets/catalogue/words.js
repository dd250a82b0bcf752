// @ts-check
// Words of texts, and how far apart two words are.

/** @param {string} text */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The words of a text, in small letters. @param {string} text @returns {string[]} */
export function wordsOf(text) {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words of a name, and the parts that such a word is put together from: AlbedoBaseXL. @param {string} name */
export function partsOf(name) {
  const inner = name.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu) ?? [];
  return [...wordsOf(name), ...inner.map(folded)];
}

/** How many mistakes a word of this length may have. @param {string} word */
export function allowed(word) {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

const LONGEST = 40;
const rows = [new Uint8Array(LONGEST + 2), new Uint8Array(LONGEST + 2), new Uint8Array(LONGEST + 2)];

/**
 * Mistakes between what was typed and how a word begins: letters too many, missing, wrong or swapped.
 * @param {string} typed
 * @param {string} word
 * @param {number} most
 * @returns {number} more than `most` where there are more
 */
export function mistakes(typed, word, most) {
  const height = Math.min(typed.length, LONGEST);
  const width = Math.min(word.length, height + most, LONGEST);
  if (width < height - most) return most + 1;
  let [before, last, now] = /** @type {[Uint8Array, Uint8Array, Uint8Array]} */ (rows);
  for (let across = 0; across <= width; across += 1) last[across] = across;
  for (let down = 1; down <= height; down += 1) {
    now[0] = down;
    let least = down;
    for (let across = 1; across <= width; across += 1) {
      const same = typed.charCodeAt(down - 1) === word.charCodeAt(across - 1);
      let cost = Math.min(
        /** @type {number} */ (last[across - 1]) + (same ? 0 : 1),
        /** @type {number} */ (last[across]) + 1,
        /** @type {number} */ (now[across - 1]) + 1,
      );
      if (down > 1 && across > 1 && isSwapped(typed, word, down, across)) {
        cost = Math.min(cost, /** @type {number} */ (before[across - 2]) + 1);
      }
      now[across] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, last, now] = [last, now, before];
  }
  let least = most + 1;
  for (let across = 0; across <= width; across += 1) least = Math.min(least, /** @type {number} */ (last[across]));
  return least;
}

/** @param {string} typed @param {string} word @param {number} down @param {number} across */
function isSwapped(typed, word, down, across) {
  return (
    typed.charCodeAt(down - 1) === word.charCodeAt(across - 2) && typed.charCodeAt(down - 2) === word.charCodeAt(across - 1)
  );
}
