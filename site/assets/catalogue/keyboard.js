// @ts-check
// The whole catalogue without a mouse: / to search, arrows through the results, Escape back.

/** @typedef {import("./results.js").Results} Results */

/**
 * @param {HTMLInputElement} input
 * @param {Results} results
 * @param {() => void} clear empties the search
 */
export function listen(input, results, clear) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !isTyping(event.target)) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "Escape") {
      leave(input, clear);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (move(input, results, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    }
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

/** @param {HTMLInputElement} input @param {() => void} clear */
function leave(input, clear) {
  if (document.activeElement === input) clear();
  else input.focus();
}

/** @param {HTMLInputElement} input @param {Results} results @param {number} by */
function move(input, results, by) {
  const links = [...results.place.querySelectorAll("a.to-model")];
  const at = document.activeElement === input ? -1 : links.indexOf(/** @type {Element} */ (document.activeElement));
  if (at < 0 && (by < 0 || document.activeElement !== input)) return false;
  if (at + by < 0) {
    input.focus();
    return true;
  }
  if (at + by >= links.length) {
    results.grow();
    links.push(...[...results.place.querySelectorAll("a.to-model")].slice(links.length));
  }
  const next = links[at + by];
  if (next instanceof HTMLElement) next.focus();
  return true;
}
