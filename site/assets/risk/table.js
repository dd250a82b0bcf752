// @ts-check
// Lines of a table as RFC 4180 has them, without reading what they say: those that are chosen are handed on as they are.

/** Lines with their ends; a line break within quotes ends none. @param {string} csv @returns {string[]} */
export function lines(csv) {
  /** @type {string[]} */
  const found = [];
  let start = 0;
  let isQuoted = false;
  for (let place = 0; place < csv.length; place += 1) {
    if (csv[place] === '"') isQuoted = !isQuoted;
    else if (csv[place] === "\n" && !isQuoted) {
      found.push(csv.slice(start, place + 1));
      start = place + 1;
    }
  }
  if (start < csv.length) found.push(csv.slice(start));
  return found;
}

/** The first cell of a line. @param {string} line */
export function first(line) {
  if (!line.startsWith('"')) return line.split(",", 1)[0] ?? "";
  return (/^"((?:[^"]|"")*)"/.exec(line)?.[1] ?? "").replaceAll('""', '"');
}

/**
 * The head of a published table and those of its lines that were chosen.
 * @param {string} csv @param {string[]} names of all lines @param {number[]} chosen positions
 */
export function chosenLines(csv, names, chosen) {
  const [head = "", ...rest] = lines(csv);
  const isSame = (/** @type {string} */ line, /** @type {number} */ one) =>
    [names[one], `'${names[one]}`].includes(first(line));
  if (rest.length !== names.length || !rest.every(isSame)) throw new Error("the table is of another day than the page");
  return head + chosen.map((one) => rest[one]).join("");
}
