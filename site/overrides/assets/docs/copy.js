// @ts-check
// A button on each block of code, which copies it as the buttons of the site around it do.

for (const block of document.querySelectorAll(".highlight")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.hidden = true;
  button.textContent = "Copy";
  button.dataset.copy = block.querySelector("code")?.textContent ?? "";
  block.append(button);
}

await import(new URL("../../../assets/copy.js", import.meta.url).href);

export {};
