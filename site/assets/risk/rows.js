// @ts-check
// A model in a row of the table: its check box, its page, what speaks for deleting it, its numbers.

import { made } from "../dom.js";
import { ones } from "./columns.js";

/** @typedef {import("./columns.js").Models} Models */

/** @param {Models} models @param {number} one @param {boolean} isChosen */
export function row(models, one, isChosen) {
  const { columns } = models;
  const line = made("tr");
  line.append(
    head(models, one, isChosen),
    flags(models, one),
    made("td", counted(columns.month[one] ?? -1), "right"),
    made("td", counted(columns.workers[one] ?? -1), "right sometimes"),
    made("td", columns.size[one] ? sized(columns.size[one] ?? 0) : "", "right sometimes"),
  );
  return line;
}

/** @param {Models} models @param {number} one @param {boolean} isChosen */
function head(models, one, isChosen) {
  const name = models.columns.names[one] ?? "";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = isChosen;
  box.dataset.one = String(one);
  box.setAttribute("aria-label", `Select ${name}`);
  const link = made("a");
  link.setAttribute("href", models.link(one));
  link.append(made("bdi", name));
  const cell = made("th");
  cell.setAttribute("scope", "row");
  cell.append(box, link);
  if (models.columns.critical[one]) cell.append(" ", made("span", "critical", "badge warn"));
  if (models.columns.nsfw[one]) cell.append(" ", made("span", "NSFW", "badge"));
  return cell;
}

/** @param {Models} models @param {number} one */
function flags(models, one) {
  const cell = made("td", "", "flags");
  cell.append(made("b", String(ones(models.columns.raised[one] ?? 0))), ` ${models.flags(one).join(" · ")}`);
  return cell;
}

/** @param {number} number */
function counted(number) {
  return number < 0 ? "" : number.toLocaleString("en");
}

/** @param {number} gib */
export function sized(gib) {
  return gib.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
