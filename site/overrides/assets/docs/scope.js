// @ts-check
// What the theme looks for before it starts. It would keep choices under names made here; there are none to keep.
Object.assign(globalThis, {
  __md_scope: new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src),
  __md_get: () => null,
  __md_set: () => {},
});
