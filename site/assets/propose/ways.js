// @ts-check
// The ways on to GitHub: the file filled in, the file to be pasted, or the issue form.

import { made } from "../dom.js";
import { issueOf } from "./answers.js";
import { editUrl, issueUrl, LONGEST, newFileUrl } from "./github.js";
import { pathOf } from "./paths.js";

/** @typedef {import("./values.js").Members} Members */
/** @typedef {import("./answers.js").Told} Told */

const OUTSIDE = { target: "_blank", rel: "noopener" };

/**
 * @param {Told} told
 * @param {Members | null} before the record that is changed
 * @param {Members} after
 * @param {string} text the file
 * @param {() => void} copy
 * @returns {HTMLElement[]}
 */
export function ways(told, before, after, text, copy) {
  return [...byFile(told, before, after, text, copy), byIssue(told, before, after)];
}

/** Where there is nothing to go on with. @param {string} what @param {() => void} tell */
export function noWay(what, tell) {
  const link = made("a", ["Go on at GitHub"], { id: "go", class: "button", href: "#state" });
  link.addEventListener("click", tell);
  return [link, made("p", [what], { class: "quiet" })];
}

/** @param {Told} told @param {Members | null} before @param {Members} after @param {string} text @param {() => void} copy */
function byFile(told, before, after, text, copy) {
  const name = String(after.get("name"));
  const path = pathOf(told.category, name);
  const whole = newFileUrl(told.repository, path, text);
  if (!before && whole.length <= LONGEST) {
    return [button("Go on at GitHub", whole), hint("The file is filled in there. Commit it: GitHub makes a pull request of it.")];
  }
  const link = button("Copy it, and open GitHub", before ? editUrl(told.repository, told.category, name) : newFileUrl(told.repository, path));
  link.addEventListener("click", copy);
  const where = before ? "Mark all that stands there (Ctrl+A) and paste" : "It is too long to be filled in by a link: paste it there";
  return [link, hint(`${where} (Ctrl+V). Then commit it: GitHub makes a pull request of it.`)];
}

/** @param {string} text @param {string} href */
function button(text, href) {
  return made("a", [text], { id: "go", class: "button", href, ...OUTSIDE });
}

/** @param {string} text */
function hint(text) {
  return made("p", [text], { class: "quiet" });
}

/** @param {Told} told @param {Members | null} before @param {Members} after */
function byIssue(told, before, after) {
  const issue = issueOf(told, before, after);
  if (typeof issue === "string") return hint(issue);
  const href = issueUrl(told.repository, issue);
  if (href.length > LONGEST) return hint("It is too long for the issue form to be filled in by a link.");
  const link = made("a", ["the issue form"], { id: "issue", href, ...OUTSIDE });
  const choices = issue.chosen.map(([label, word]) => made("li", [`${label} `, made("strong", [word])]));
  const words = made("p", ["Or go on with ", link, ", filled in but for what is chosen from a list:"]);
  const note = issue.note ? [made("p", [issue.note])] : [];
  return made("div", [words, made("ul", choices, { id: "choices" }), ...note], { class: "quiet" });
}
