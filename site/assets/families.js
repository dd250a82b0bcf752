// @ts-check
// A filter over the tree of families: what does not fit is hidden, what fits is opened.

/** @param {string} id */
function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

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
  return { place, name: (place.querySelector("a")?.textContent ?? "").toLowerCase(), fold: null, within: [] };
}

/** @param {HTMLElement} place @param {HTMLDetailsElement} fold @param {Twig[]} within @returns {Twig} */
function branch(place, fold, within) {
  return { place, name: (fold.querySelector("summary")?.textContent ?? "").toLowerCase(), fold, within };
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

/** Shows what fits; how many models that is. @param {Twig} node @param {string[]} words @param {boolean} isWithin */
function narrow(node, words, isWithin) {
  const fits = isWithin || words.every((word) => node.name.includes(word));
  let count = node.fold ? 0 : Number(fits);
  for (const one of node.within) count += narrow(one, words, fits);
  node.place.hidden = count === 0;
  if (node.fold) node.fold.open = words.length > 0 && count > 0 && !fits;
  return count;
}

const sections = children(part("forest"), "section").map((place) => ({ place, nodes: nodes(place) }));
const input = part("q");

function filter() {
  if (!(input instanceof HTMLInputElement)) return;
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { place, nodes: within } of sections) {
    const found = within.reduce((sum, one) => sum + narrow(one, words, false), 0);
    place.hidden = found === 0;
    count += found;
  }
  part("count").textContent = count === 1 ? "1 model" : `${count.toLocaleString("en")} models`;
}

part("search").addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("input", filter);
if (input instanceof HTMLInputElement && input.value) filter();
