// @ts-check
// Parts of a page: found, made, and handed out as files.

/** The part of the page that must be there. @template {Element} T @param {string} selector @param {new () => T} kind @param {ParentNode} root @returns {T} */
export function part(selector, kind, root = document) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * @param {string} tag
 * @param {string | (Node | string)[]} inside
 * @param {string | Record<string, string>} attributes a text alone is a class
 */
export function made(tag, inside = [], attributes = {}) {
  const element = document.createElement(tag);
  const all = typeof attributes === "string" ? { class: attributes } : attributes;
  for (const [name, value] of Object.entries(all)) if (value) element.setAttribute(name, value);
  element.append(...(typeof inside === "string" ? [inside] : inside));
  return element;
}

/** Let the browser save a file. @param {Blob} what @param {string} name */
export function offer(what, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(what);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
