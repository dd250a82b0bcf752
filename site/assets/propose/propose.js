// @ts-check
// The form of a category: what was filled in is a record, which is checked, compared, and brought to GitHub.

import { made, offer, part } from "../dom.js";
import { fileText } from "./canonical.js";
import { differences } from "./changes.js";
import { Form } from "./form.js";
import { NotJson, parsed } from "./json.js";
import { Known } from "./known.js";
import { bdi, fill, tellChanges, tellTroubles, toForm } from "./outcome.js";
import { pathOf } from "./paths.js";
import { adviceOn, nameTroubles, troublesOf } from "./troubles.js";
import { faultsOf } from "./validation.js";
import { noWay, ways } from "./ways.js";

/** @typedef {import("./values.js").Members} Members */
/** @typedef {import("./answers.js").Told} Told */
/** @typedef {import("./troubles.js").Trouble} Trouble */

/** @param {string | undefined} path */
async function loaded(path) {
  const answer = await fetch(path ?? "");
  if (!answer.ok) throw new Error(`${path} cannot be had: ${answer.status}`);
  return answer.text();
}

class Proposal {
  /** @param {HTMLFormElement} element @param {import("./validation.js").Schema} schema */
  constructor(element, schema) {
    this.element = element;
    this.schema = schema;
    /** @type {Told} */
    this.told = JSON.parse(element.dataset.told ?? "");
    this.whole = part("#whole", HTMLFieldSetElement, element);
    this.raw = part("#raw", HTMLTextAreaElement, element);
    this.undo = part("#undo", HTMLButtonElement, element);
    this.copy = part("#copy", HTMLButtonElement);
    this.save = part("#download", HTMLButtonElement);
    /** What is proposed. @type {Members} */
    this.record = new Map();
    /** What it changes. @type {Members | null} */
    this.current = null;
    /** @type {Known | null} */
    this.known = null;
    this.form = new Form(this.whole, (change) => this.change(change));
  }

  async start() {
    const model = new URLSearchParams(location.search).get("model");
    if (model !== null) await this.open(model);
    this.form.show(this.record);
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.raw.addEventListener("input", () => this.read());
    this.undo.addEventListener("click", () => this.change((record) => record));
    this.save.addEventListener("click", () => this.download());
    this.whole.disabled = false;
    this.change((record) => record);
    if (!this.known) this.element.addEventListener("focusin", () => void this.meet().then(() => this.draw()), { once: true });
  }

  /** Get to know the records that there are. */
  async meet() {
    try {
      const found = parsed(await loaded(this.element.dataset.records));
      this.known = new Known(this.told.category, /** @type {Map<string, Members>} */ (found));
      const keys = (/** @type {string[]} */ path) => Object.keys(this.schema.properties[path[0] ?? ""]?.properties ?? {});
      this.form.suggest(this.known, keys);
    } catch (error) {
      this.say("The records that there are cannot be loaded just now. Whether the name is taken, GitHub will say.");
      console.warn(error);
    }
  }

  /** @param {string} model */
  async open(model) {
    await this.meet();
    const name = this.known?.holder(model);
    const record = name === undefined ? undefined : this.known?.records.get(name);
    if (record) this.edit(record);
    else {
      this.record = new Map([["name", model]]);
      if (this.known) this.say("There is no model ", bdi(model), " here, so this proposes a new one.");
    }
  }

  /** @param {Members} record */
  edit(record) {
    this.current = record;
    this.record = record;
    const name = String(record.get("name"));
    fill("#heading", ["Change ", bdi(name)]);
    fill("#lead", ["Say what is right. It is checked as you type, and nothing is sent from here: at the end you go on to GitHub."]);
    document.title = `Change ${name} · Horde Models`;
    for (const { pointer, field } of this.form.spots()) {
      if (pointer === "/name" && field.input instanceof HTMLInputElement) field.input.readOnly = true;
    }
  }

  /** @param {(Node | string)[]} what */
  say(...what) {
    fill("#met", [made("p", what, { class: "notice-plain" })]);
  }

  /** The form changed the record. @param {(record: Members) => Members} how */
  change(how) {
    this.record = how(this.record);
    this.raw.value = this.text();
    this.blameRaw("");
    this.draw();
  }

  /** The JSON changed it. */
  read() {
    try {
      const found = parsed(this.raw.value);
      if (!(found instanceof Map)) throw new NotJson("A record is an object: it stands in { }.");
      found.delete("$schema");
      this.record = found;
      this.form.show(found);
      this.form.visitAll();
      this.blameRaw("");
    } catch (error) {
      if (!(error instanceof NotJson)) throw error;
      this.blameRaw(error.message);
    }
    this.draw();
  }

  /** As long as the JSON cannot be read, the form cannot say the same. @param {string} message */
  blameRaw(message) {
    const place = part("#raw-fault", HTMLElement, this.element);
    place.textContent = message;
    place.hidden = this.undo.hidden = message === "";
    this.raw.setAttribute("aria-invalid", String(message !== ""));
    this.whole.disabled = message !== "";
  }

  text() {
    return fileText(this.record, this.told.order, this.told.schema);
  }

  /** @returns {Trouble[]} */
  troubles() {
    const message = part("#raw-fault", HTMLElement, this.element).textContent ?? "";
    if (message) return [{ label: "JSON", message, isMissing: false, spot: undefined }];
    const spots = this.form.spots();
    const faults = faultsOf(this.record, this.schema);
    return [...nameTroubles(this.record, this.current, this.told, this.known, spots), ...troublesOf(faults, spots), ...adviceOn(spots)];
  }

  draw() {
    const troubles = this.troubles();
    const changes = this.current ? differences(this.current, this.record) : [];
    const isNothing = this.current !== null && !changes.length;
    this.blame(troubles);
    tellTroubles(troubles, isNothing);
    tellChanges(changes);
    this.notice();
    const name = String(this.record.get("name") ?? "");
    fill("#path", [`data/${pathOf(this.told.category, name || "…")}`]);
    this.copy.dataset.copy = this.text();
    const isReady = troubles.every((one) => one.isAdvice) && !isNothing;
    this.copy.disabled = this.save.disabled = !isReady;
    fill("#ways", isReady ? this.ways() : noWay("Once all is right.", () => this.point()));
  }

  ways() {
    return ways(this.told, this.current, this.record, this.text(), () => this.copy.click());
  }

  /** @param {Trouble[]} troubles */
  blame(troubles) {
    for (const { field } of this.form.spots()) {
      field.faultPlace.textContent = "";
      field.input.removeAttribute("aria-invalid");
    }
    for (const { spot, message, isAdvice } of troubles) {
      if (!spot?.field.isVisited) continue;
      if (!isAdvice) spot.field.input.setAttribute("aria-invalid", "true");
      spot.field.faultPlace.textContent = `${spot.field.faultPlace.textContent} ${message}`.trim();
    }
    for (const place of this.whole.querySelectorAll(".fault")) place.toggleAttribute("hidden", !place.textContent);
  }

  /** Show all that is wrong, also where nobody was yet. */
  point() {
    this.form.visitAll();
    this.draw();
    part("#state", HTMLElement).focus();
  }

  notice() {
    const name = String(this.record.get("name") ?? "");
    const near = this.current ? [] : (this.known?.near(name) ?? []).filter((one) => one !== this.known?.holder(name));
    const sharing = this.known?.sharing(this.record, this.current ? name : "") ?? [];
    const told = [made("p", ["These have the same file:"]), made("p", ["These are called nearly the same:"])];
    const found = [sharing, near].flatMap((names, place) =>
      names.length ? [/** @type {Node} */ (told[place]), made("ul", names.map((one) => made("li", [toForm(one)])))] : [],
    );
    fill("#notices", found);
  }

  download() {
    const path = pathOf(this.told.category, String(this.record.get("name")));
    offer(new Blob([this.text()], { type: "application/json" }), path.slice(path.lastIndexOf("/") + 1));
  }
}

try {
  const element = part("#propose", HTMLFormElement);
  await new Proposal(element, JSON.parse(await loaded(element.dataset.schema))).start();
} catch (error) {
  document.documentElement.classList.remove("js");
  throw error;
}
