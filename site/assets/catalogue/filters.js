// @ts-check
// The boxes by which people choose among the values of facets.

/** @typedef {import("./facets.js").Facet} Facet */
/** @typedef {import("./address.js").Asked} Asked */

const SHOWN = 8;

/** @typedef {{ label: HTMLLabelElement, box: HTMLInputElement, count: HTMLElement }} Choice */

/** @param {string} name @param {string} value @param {string} text @returns {Choice} */
function choice(name, value, text) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  const words = document.createElement("span");
  const count = document.createElement("span");
  Object.assign(box, { type: "checkbox", name, value });
  words.className = "text";
  words.textContent = text;
  count.className = "count";
  label.append(box, words, count);
  return { label, box, count };
}

/** @param {string} legend @param {Choice[]} choices */
function fieldset(legend, choices) {
  const set = document.createElement("fieldset");
  const title = document.createElement("legend");
  title.textContent = legend;
  set.append(title, ...choices.map((one) => one.label));
  return set;
}

class Group {
  /** @param {Facet} facet */
  constructor(facet) {
    this.facet = facet;
    this.choices = facet.values.map((value, at) => choice(facet.key, value, facet.labels[at] ?? value));
    this.set = fieldset(facet.label, this.choices);
    this.isOpen = false;
    this.arranged = "";
    this.fold = document.createElement("button");
    Object.assign(this.fold, { type: "button", className: "fold" });
    this.set.append(this.fold);
  }

  /** @param {Uint32Array} counts @param {Set<string>} chosen */
  show(counts, chosen) {
    const isWorthIt = (/** @type {number} */ at) => Boolean(counts[at]) || chosen.has(this.facet.values[at] ?? "");
    const order = this.choices.map((_, at) => at).filter(isWorthIt);
    if (!this.facet.ordered) order.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
    const shown = new Set(this.isOpen ? order : order.slice(0, SHOWN));
    this.choices.forEach((one, at) => {
      const isChosen = chosen.has(one.box.value);
      const isHidden = !(shown.has(at) || isChosen);
      one.box.checked = isChosen;
      if (one.label.hidden !== isHidden) one.label.hidden = isHidden;
      if (!isHidden) one.count.textContent = (counts[at] ?? 0).toLocaleString("en");
    });
    if (!this.facet.ordered) this.arrange(order);
    this.set.hidden = !order.length;
    this.fold.hidden = order.length <= SHOWN;
    this.fold.textContent = this.isOpen ? "Show fewer" : `Show all ${order.length}`;
    this.fold.setAttribute("aria-expanded", String(this.isOpen));
  }

  /** Put the choices in order; one that has the focus must not lose it by being moved. @param {number[]} order */
  arrange(order) {
    if (this.arranged === order.join() || this.set.contains(document.activeElement)) return;
    this.arranged = order.join();
    for (const at of order) this.set.insertBefore(/** @type {Choice} */ (this.choices[at]).label, this.fold);
  }
}

export class Filters {
  /**
   * @param {HTMLFormElement} form
   * @param {Facet[]} facets
   * @param {{ choose: (key: string, value: string, on: boolean) => void, nsfw: (on: boolean) => void, clear: () => void, redraw: () => void }} told
   */
  constructor(form, facets, told) {
    this.groups = facets.map((one) => new Group(one));
    this.nsfw = choice("nsfw", "1", "Show NSFW models");
    this.clear = document.createElement("button");
    Object.assign(this.clear, { type: "button", className: "clear", textContent: "Clear filters" });
    form.append(this.clear, fieldset("Content", [this.nsfw]), ...this.groups.map((one) => one.set));
    form.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      if (target.name === "nsfw") told.nsfw(target.checked);
      else told.choose(target.name, target.value, target.checked);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    this.clear.addEventListener("click", told.clear);
    for (const group of this.groups) {
      group.fold.addEventListener("click", () => {
        group.isOpen = !group.isOpen;
        told.redraw();
      });
    }
  }

  /** @param {Asked} asked @param {Uint32Array[]} counts */
  show(asked, counts) {
    this.nsfw.box.checked = asked.nsfw;
    this.clear.hidden = !asked.nsfw && ![...asked.chosen.values()].some((one) => one.size);
    this.groups.forEach((group, at) => {
      group.show(counts[at] ?? new Uint32Array(), asked.chosen.get(group.facet.key) ?? new Set());
    });
  }
}
