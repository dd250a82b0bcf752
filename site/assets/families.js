// @ts-check
// A filter over the tree of families: what does not fit is hidden, what fits is opened.

import { allowed, folded, mistakes, wordsOf } from "./catalogue/words.js";
import { part } from "./dom.js";

/**
 * Families, groups and models, each with what it is called. What a family or a group is called fits all within it.
 * @typedef {object} Twig
 * @property {HTMLElement} place
 * @property {string} name
 * @property {HTMLDetailsElement | null} fold
 * @property {Twig[]} within
 */

/** @param {HTMLElement} place @returns {Twig} */
function leaf(place) {
  return { place, name: folded(place.querySelector("a")?.textContent ?? ""), fold: null, within: [] };
}

/** @param {HTMLElement} place @param {HTMLDetailsElement} fold @param {Twig[]} within @returns {Twig} */
function branch(place, fold, within) {
  return { place, name: folded(fold.querySelector("summary")?.textContent ?? ""), fold, within };
}

/** @param {Element} place @param {string} what @returns {HTMLElement[]} */
function children(place, what) {
  return [...place.querySelectorAll(`:scope > ${what}`)].filter((one) => one instanceof HTMLElement);
}

/** @param {Element} place @returns {Twig[]} */
function groups(place) {
  return children(place, "ul > li").map((one) => {
    const fold = one.querySelector("details");
    return fold ? branch(one, fold, children(fold, "ul > li").map(leaf)) : leaf(one);
  });
}

/** @param {HTMLElement} section @returns {Twig[]} */
function nodes(section) {
  const families = children(section, ".boughs > details").filter((one) => one instanceof HTMLDetailsElement);
  return [...families.map((one) => branch(one, one, groups(one))), ...groups(section)];
}

/** @param {Twig[]} nodes @returns {string[]} */
function namesOf(nodes) {
  return nodes.flatMap((one) => [one.name, ...namesOf(one.within)]);
}

/** What a word may mean: itself; only where no name holds it, words that begin nearly as it does. @param {string} word @returns {string[]} */
function meant(word) {
  const most = allowed(word);
  if (!most || names.some((name) => name.includes(word))) return [word];
  return vocabulary.filter((one) => mistakes(word, one, most) <= most);
}

/** Shows what fits; how many models that is. @param {Twig} node @param {string[][]} words what each may mean @param {boolean} isWithin */
function narrow(node, words, isWithin) {
  const fits = isWithin || words.every((one) => one.some((word) => node.name.includes(word)));
  let count = node.fold ? 0 : Number(fits);
  for (const one of node.within) count += narrow(one, words, fits);
  node.place.hidden = count === 0;
  if (node.fold) node.fold.open = words.length > 0 && count > 0 && !fits;
  return count;
}

const sections = children(part("#forest", HTMLElement), "section").map((place) => ({ place, nodes: nodes(place) }));
const names = sections.flatMap((one) => namesOf(one.nodes));
const vocabulary = [...new Set(names.flatMap(wordsOf))];
const input = part("#q", HTMLInputElement);

function filter() {
  const words = folded(input.value).split(/\s+/).filter(Boolean).map(meant);
  let count = 0;
  for (const { place, nodes: within } of sections) {
    const found = within.reduce((sum, one) => sum + narrow(one, words, false), 0);
    place.hidden = found === 0;
    count += found;
  }
  part("#count", HTMLElement).textContent = count === 1 ? "1 model" : `${count.toLocaleString("en")} models`;
}

/** What is searched stands in the address: it can be shared, and come back to. */
function type() {
  history.replaceState(null, "", input.value ? `?${new URLSearchParams({ q: input.value })}` : location.pathname);
  filter();
}

part("#search", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("input", type);
input.value ||= new URLSearchParams(location.search).get("q") ?? "";
if (input.value) type(); // from the address, or typed before this ran
