// @ts-check
// Where it goes on at GitHub: addresses that bring along what was filled in.

import { pathOf } from "./paths.js";

/** @typedef {import("./answers.js").Issue} Issue */

/** GitHub takes addresses of eight thousand characters; whoever must log in first is sent there in a longer one. */
export const LONGEST = 7000;

/** @param {string} repository @param {string} path below `data/` @param {string} [text] the file, where it is to be filled in */
export function newFileUrl(repository, path, text) {
  const query = new URLSearchParams({ filename: `data/${path}`, ...(text === undefined ? {} : { value: text }) });
  return `${repository}/new/main?${query}`;
}

/** @param {string} repository @param {string} category @param {string} name */
export function editUrl(repository, category, name) {
  return `${repository}/edit/main/data/${pathOf(category, name).split("/").map(encodeURIComponent).join("/")}`;
}

/** @param {string} repository @param {Issue} issue */
export function issueUrl(repository, issue) {
  const query = new URLSearchParams([["template", issue.template], ["title", issue.title], ...issue.filled]);
  return `${repository}/issues/new?${query}`;
}
