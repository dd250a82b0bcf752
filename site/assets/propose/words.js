// @ts-check
// What is wrong, in words.

/** @typedef {import("./validation.js").Fault} Fault */

/** @type {Record<string, string>} */
const WANTED = {
  array: "This must be a list.",
  boolean: "This must be true or false.",
  integer: "Write a whole number, in digits.",
  number: "Write a number.",
  object: "This must be an object with keys.",
  string: "This must be a text.",
};

/** @param {Fault} fault @returns {string} */
export function inWords(fault) {
  switch (fault.keyword) {
    case "required":
      return "This is needed.";
    case "additionalProperties":
      return `There is no key ${JSON.stringify(fault.key)} here.`;
    case "type":
      return WANTED[fault.wanted] ?? `This must be of the type ${fault.wanted}.`;
    case "enum":
      return `Choose one of: ${fault.wanted.join(", ")}.`;
    case "minLength":
      return "This must not be empty.";
    case "exclusiveMinimum":
      return `This must be more than ${fault.wanted}.`;
    case "minimum":
      return `This must be at least ${fault.wanted}.`;
    case "maximum":
      return `This must be at most ${fault.wanted}.`;
    case "pattern":
      return `Write it like this: ${fault.schema.examples?.[0] ?? fault.wanted}`;
  }
  return "Write a number, a text, true or false, or a list of them.";
}
