// @ts-check
// What comes of the form: what is still wrong, what changes, and the ways on to GitHub.

import { made, part } from "../dom.js";
import { compact } from "./canonical.js";

/** @typedef {import("./values.js").Value} Value */
/** @typedef {import("./changes.js").FieldChange} FieldChange */
/** @typedef {import("./troubles.js").Trouble} Trouble */

/**
 * Put this in place of what is there. What says the same stays: whoever is about to click it would click nothing.
 * @param {string} selector @param {(Node | string)[]} inside
 */
export function fill(selector, inside) {
  const place = part(selector, HTMLElement);
  if (made("div", inside).innerHTML !== place.innerHTML) place.replaceChildren(...inside);
}

/** A name as people wrote it, whatever way it is read. @param {string} name */
export function bdi(name) {
  return made("bdi", [name]);
}

/** @param {string} model @param {(Node | string)[]} [inside] */
export function toForm(model, inside = [bdi(model)]) {
  return made("a", inside, { href: `?${new URLSearchParams({ model })}` });
}

/** @param {Trouble[]} troubles @param {boolean} isNothing whether nothing is changed yet */
export function tellTroubles(troubles, isNothing) {
  const advice = troubles.filter((one) => one.isAdvice).length;
  const missing = troubles.filter((one) => one.isMissing).length;
  const wrong = troubles.length - missing - advice;
  const counts = [[missing, "still needed"], [wrong, "to correct"], [advice, "to look at"]];
  const said = counts.filter(([number]) => number).map((one) => one.join(" ")).join(", ");
  fill("#count", [said || (isNothing ? "Nothing is changed yet." : "Yes, as far as can be seen from here.")]);
  fill("#faults", troubles.map(item));
}

/** @param {Trouble} trouble */
function item(trouble) {
  const field = trouble.spot?.field;
  const link = made("a", [trouble.label], { href: `#${field ? field.input.id : "raw"}` });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    reveal(field?.input ?? part("#raw", HTMLElement));
  });
  const mend = trouble.model === undefined ? [] : [" ", toForm(trouble.model, ["Change it instead"])];
  return made("li", [link, `: ${trouble.message}`, ...mend], trouble.isMissing || trouble.isAdvice ? {} : { class: "wrong" });
}

/** @param {HTMLElement} element */
function reveal(element) {
  for (let around = element.closest("details"); around; around = around.parentElement?.closest("details") ?? null) around.open = true;
  element.focus();
}

/** @param {FieldChange[]} changes */
export function tellChanges(changes) {
  part("#changes", HTMLElement).hidden = !changes.length;
  fill("#edits", changes.map(edit));
}

/** @param {FieldChange} change */
function edit(change) {
  const [before, after] = sides(change.before, change.after);
  const parts = [made("code", [change.field])];
  if (before !== "") parts.push(made("del", [before]));
  if (after !== "") parts.push(made("ins", [after]));
  return made("li", parts.flatMap((one, place) => (place ? [" ", one] : [one])));
}

/** Of two lists only what the other lacks, unless the order alone differs. @param {Value | undefined} before @param {Value | undefined} after @returns {[string, string]} */
function sides(before, after) {
  if (!Array.isArray(before) || !Array.isArray(after)) return [shown(before), shown(after)];
  const [old, now] = [before.map(shown), after.map(shown)];
  const [gone, come] = [old.filter((one) => !now.includes(one)), now.filter((one) => !old.includes(one))];
  return gone.length || come.length ? [gone.join(", "), come.join(", ")] : [old.join(", "), now.join(", ")];
}

/** @param {Value | undefined} value */
function shown(value) {
  return typeof value === "string" ? value : compact(value);
}
