// @ts-check
// Buttons that copy what stands beside them. Without them the text can be selected.

const SHOWN = 1500;

/** @param {HTMLButtonElement} button */
async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed";
  }
  setTimeout(() => (button.textContent = "Copy"), SHOWN);
}

for (const button of document.querySelectorAll("button.copy")) {
  if (button instanceof HTMLButtonElement && navigator.clipboard) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  }
}
