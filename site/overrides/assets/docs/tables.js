// @ts-check
// Tables that are wider than the page can be scrolled by keyboard as well.

function mark() {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (table instanceof HTMLElement) table.tabIndex = table.scrollWidth > table.clientWidth ? 0 : -1;
  }
}

addEventListener("load", mark);
addEventListener("resize", mark);
