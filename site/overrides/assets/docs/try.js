// @ts-check
// Lets people ask an address of the API from its page: of the host that the page came from, and of no other.

const ROOT = new URL("../../../", import.meta.url);
const SHOWN = 20_000;
const HEADERS = ["content-type", "content-length", "etag", "last-modified", "cache-control"];

for (const form of document.querySelectorAll("form.try")) {
  if (form instanceof HTMLFormElement) prepare(form);
}

/** @param {HTMLFormElement} form */
function prepare(form) {
  const answer = document.createElement("div");
  answer.className = "tried";
  answer.setAttribute("role", "status");
  form.after(answer);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask(addressOf(form), answer);
  });
}

/**
 * The address with what was chosen in place of the braces; a slash in a name may stand as it is.
 * @param {HTMLFormElement} form
 */
function addressOf(form) {
  const chosen = new FormData(form);
  const file = (form.dataset.file ?? "").replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(String(chosen.get(name) ?? "")).replaceAll("%2F", "/"),
  );
  return new URL(file.slice(1), ROOT);
}

/**
 * @param {URL} address
 * @param {HTMLElement} answer
 */
async function ask(address, answer) {
  answer.replaceChildren(line("Asking …"));
  try {
    const said = await fetch(address);
    const text = await said.text();
    answer.replaceChildren(
      linked(address),
      line(`${said.status} ${said.statusText}`.trim()),
      block(HEADERS.filter((name) => said.headers.has(name)).map((name) => `${name}: ${said.headers.get(name)}`).join("\n"), "Headers"),
      block(cut(pretty(text)), "Body"),
    );
  } catch {
    answer.replaceChildren(linked(address), line("There was no answer."));
  }
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** @param {string} text */
function cut(text) {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}\n… and ${(text.length - SHOWN).toLocaleString("en")} characters more` : text;
}

/** @param {URL} address */
function linked(address) {
  const found = document.createElement("a");
  found.href = address.href;
  found.textContent = address.pathname;
  const made = document.createElement("p");
  made.append("GET ", found);
  return made;
}

/** @param {string} text */
function line(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

/**
 * @param {string} text
 * @param {string} label
 */
function block(text, label) {
  const made = document.createElement("pre");
  made.tabIndex = 0;
  made.setAttribute("role", "region");
  made.setAttribute("aria-label", label);
  const code = document.createElement("code");
  code.textContent = text;
  made.append(code);
  return made;
}
