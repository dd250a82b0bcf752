// @ts-check
// The records that there are: whether a name is taken, what is called nearly the same, and which share a file.

import { allowed, mistakes } from "../catalogue/words.js";
import { folded, foldedPath, foldersOf } from "./paths.js";
import { valueAt } from "./values.js";

/** @typedef {import("./values.js").Value} Value */
/** @typedef {import("./values.js").Members} Members */

const SHOWN = 5;
const FEWEST_USES = 2;
const MOST_SUGGESTED = 400;

export class Known {
  /** @param {string} category @param {Map<string, Members>} records */
  constructor(category, records) {
    this.category = category;
    this.records = records;
    /** Folded path → name of the record. @type {Map<string, string>} */
    this.names = new Map([...records.keys()].map((name) => [this.folded(name), name]));
    /** @type {Map<string, string>} */
    this.aliases = new Map();
    /** Folded folder → as it is written. @type {Map<string, string>} */
    this.folders = new Map([...records.keys()].flatMap((name) => foldersOf(category, name)).map((one) => [folded(one), one]));
    const offered = [...records].filter(([, record]) => !record.has("withdrawn")).map(([name]) => name);
    /** Name behind the author's → name of the record, of those that are on offer. @type {Map<string, string>} */
    this.shortNames = new Map(offered.map((name) => [shortName(name), name]));
    /** Hash or address of a file → names of the records that have it. @type {Map<string, string[]>} */
    this.files = new Map();
    for (const [name, record] of records) this.note(name, record);
  }

  /** @param {string} name */
  folded(name) {
    return foldedPath(this.category, name);
  }

  /** @param {string} name @param {Members} record */
  note(name, record) {
    for (const alias of listAt(record, ["aliases"])) this.aliases.set(this.folded(String(alias)), name);
    for (const mark of marksOf(record)) this.files.set(mark, [...(this.files.get(mark) ?? []), name]);
  }

  /** The record that has a name, or had it. @param {string} name @returns {string | undefined} */
  holder(name) {
    return this.names.get(this.folded(name)) ?? this.aliases.get(this.folded(name));
  }

  /** A record with the same name behind its author's. @param {string} name @returns {string | undefined} */
  namesake(name) {
    return this.shortNames.get(shortName(name));
  }

  /** A folder as others write it, where the name writes it otherwise. @param {string} name @returns {string | undefined} */
  otherwise(name) {
    const written = foldersOf(this.category, name).map((one) => /** @type {const} */ ([one, this.folders.get(folded(one))]));
    return written.find(([one, usual]) => usual !== undefined && usual !== one)?.[1];
  }

  /** Names that begin nearly as this one does. @param {string} name @returns {string[]} */
  near(name) {
    const typed = name.toLowerCase();
    const most = allowed(typed);
    if (!most) return [];
    const found = [...this.records.keys()].map((one) => ({ one, wrong: mistakes(typed, one.toLowerCase(), most) }));
    const near = found.filter((each) => each.wrong <= most).sort((a, b) => a.wrong - b.wrong || a.one.length - b.one.length);
    return near.slice(0, SHOWN).map((each) => each.one);
  }

  /** Other records with one of the files. @param {Members} record @param {string} itself @returns {string[]} */
  sharing(record, itself) {
    const found = new Set(marksOf(record).flatMap((mark) => this.files.get(mark) ?? []));
    found.delete(itself);
    return [...found].slice(0, SHOWN);
  }

  /** Texts that several records have at a place, the usual ones first. @param {readonly string[]} path @returns {string[]} */
  usual(path) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const record of this.records.values()) {
      const value = valueAt(record, path);
      const words = value instanceof Map ? [...value.keys()] : Array.isArray(value) ? value : [value];
      for (const word of words) if (typeof word === "string") counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const often = [...counts].filter(([, count]) => count >= FEWEST_USES).sort((a, b) => b[1] - a[1]);
    return often.slice(0, MOST_SUGGESTED).map(([word]) => word);
  }
}

/** @param {string} name */
function shortName(name) {
  return name.slice(name.indexOf("/") + 1) || name;
}

/** @param {Members} record @param {readonly string[]} path @returns {Value[]} */
function listAt(record, path) {
  const value = valueAt(record, path);
  return Array.isArray(value) ? value : [];
}

/** @param {Members} record @returns {string[]} */
function marksOf(record) {
  const files = listAt(record, ["config", "download"]);
  const marks = files.flatMap((one) => [valueAt(one, ["sha256sum"]), valueAt(one, ["file_url"])]);
  return marks.filter((mark) => typeof mark === "string" && mark !== "").map((mark) => String(mark).toLowerCase());
}
