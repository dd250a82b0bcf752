// @ts-check
// JSON Schema (2020-12), as far as the schemas of records use it. A keyword that is not known here is refused.

import { Fraction, pointer } from "./values.js";

/** @typedef {import("./values.js").Value} Value */
/** @typedef {import("./values.js").Path} Path */
/** @typedef {{[keyword: string]: any}} Schema */

/**
 * @typedef {object} Fault
 * @property {string} pointer JSON pointer to the value that does not keep to the schema
 * @property {string} keyword what it does not keep to
 * @property {string} [key] the key that is missing or too much
 * @property {any} [wanted] what the keyword says
 * @property {Schema} schema the schema that says it
 */

const ANNOTATIONS = ["$defs", "$id", "$schema", "default", "description", "examples", "title"];

/** @type {Record<string, (value: Value) => boolean>} */
const TYPES = {
  array: Array.isArray,
  boolean: (value) => typeof value === "boolean",
  integer: (value) => isNumber(value) && Number.isInteger(amount(value)),
  number: isNumber,
  object: (value) => value instanceof Map,
  string: (value) => typeof value === "string",
};

/** @typedef {(check: Check, value: any, wanted: any, path: Path, schema: Schema) => Iterable<Fault>} Keyword */

/** Each for values of its type; others are not its business. @type {Record<string, Keyword>} */
const KEYWORDS = {
  $ref: (check, value, wanted, path) => check.faults(value, check.part(wanted), path),
  additionalProperties: (check, value, wanted, path, schema) => additional(check, value, wanted, path, schema),
  anyOf: (check, value, wanted, path, schema) =>
    wanted.some((/** @type {Schema} */ one) => !check.faults(value, one, path).length) ? [] : [fault("anyOf", path, schema)],
  enum: (_, value, wanted, path, schema) => (wanted.includes(value) ? [] : [fault("enum", path, schema)]),
  exclusiveMinimum: numeric("exclusiveMinimum", (value, bound) => value > bound),
  items: (check, value, wanted, path) =>
    Array.isArray(value) ? value.flatMap((one, place) => check.faults(one, wanted, [...path, place])) : [],
  maximum: numeric("maximum", (value, bound) => value <= bound),
  minLength: (_, value, wanted, path, schema) =>
    typeof value === "string" && [...value].length < wanted ? [fault("minLength", path, schema)] : [],
  minimum: numeric("minimum", (value, bound) => value >= bound),
  pattern: (_, value, wanted, path, schema) =>
    typeof value === "string" && !new RegExp(wanted, "u").test(value) ? [fault("pattern", path, schema)] : [],
  properties: (check, value, wanted, path) =>
    value instanceof Map
      ? [...value].flatMap(([key, one]) => (Object.hasOwn(wanted, key) ? check.faults(one, wanted[key], [...path, key]) : []))
      : [],
  required: (_, value, wanted, path, schema) =>
    value instanceof Map
      ? wanted.filter((/** @type {string} */ key) => !value.has(key)).map((/** @type {string} */ key) => fault("required", path, schema, key))
      : [],
  type: (_, value, wanted, path, schema) => (TYPES[wanted]?.(value) ? [] : [fault("type", path, schema)]),
};

/** All keywords that may stand in a schema. */
export const KNOWN = Object.freeze([...ANNOTATIONS, ...Object.keys(KEYWORDS)]);

/** Everything in which a value does not keep to a schema. @param {Value} value @param {Schema} schema @returns {Fault[]} */
export function faultsOf(value, schema) {
  return new Check(schema).faults(value, schema, []);
}

class Check {
  /** @param {Schema} root */
  constructor(root) {
    this.root = root;
  }

  /** @param {string} reference @returns {Schema} */
  part(reference) {
    const name = reference.replace(/^#\/\$defs\//, "");
    if (!Object.hasOwn(this.root.$defs ?? {}, name)) throw new Error(`the schema has no ${reference}`);
    return this.root.$defs[name];
  }

  /** @param {Value} value @param {Schema | boolean} schema @param {Path} path @returns {Fault[]} */
  faults(value, schema, path) {
    if (typeof schema === "boolean") return schema ? [] : [fault("false", path, {})];
    return Object.entries(schema).flatMap(([keyword, wanted]) => {
      if (ANNOTATIONS.includes(keyword)) return [];
      const asked = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
      if (!asked) throw new Error(`the keyword ${keyword} is not known`);
      return [...asked(this, value, wanted, path, schema)];
    });
  }
}

/** @param {string} keyword @param {Path} path @param {Schema} schema @param {string} [key] @returns {Fault} */
function fault(keyword, path, schema, key) {
  return { pointer: pointer(path), keyword, key, wanted: schema[keyword], schema };
}

/** @param {Check} check @param {Value} value @param {any} wanted @param {Path} path @param {Schema} schema @returns {Fault[]} */
function additional(check, value, wanted, path, schema) {
  if (!(value instanceof Map)) return [];
  const others = [...value].filter(([key]) => !Object.hasOwn(schema.properties ?? {}, key));
  if (wanted === false) return others.map(([key]) => fault("additionalProperties", path, schema, key));
  return others.flatMap(([key, one]) => check.faults(one, wanted, [...path, key]));
}

/** @param {string} keyword @param {(value: number | bigint, bound: number) => boolean} keeps @returns {Keyword} */
function numeric(keyword, keeps) {
  return (_, value, wanted, path, schema) =>
    isNumber(value) && !keeps(typeof value === "bigint" ? value : amount(value), wanted) ? [fault(keyword, path, schema)] : [];
}

/** @param {Value} value */
function isNumber(value) {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Fraction;
}

/** @param {Value} value */
function amount(value) {
  return value instanceof Fraction ? value.value : Number(value);
}
