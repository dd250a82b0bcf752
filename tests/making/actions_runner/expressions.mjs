// GitHub's own parser of workflows and evaluator of expressions, asked line by line: one question in, one answer out.
import { createInterface } from "node:readline";
import { Evaluator, Lexer, Parser, data } from "@actions/expressions";
import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from "@actions/workflow-parser";
import { ensureStatusFunction } from "@actions/workflow-parser/model/converter/if-condition";
import { isBasicExpression, isMapping, isSequence } from "@actions/workflow-parser/templates/tokens/type-guards";

// A token as plain JSON; an expression is {"${{": its text}.
function plain(token, key) {
  if (isMapping(token)) {
    const pairs = [];
    for (const pair of token) pairs.push([String(pair.key.value), plain(pair.value, String(pair.key.value))]);
    return Object.fromEntries(pairs);
  }
  if (isSequence(token)) return Array.from(token, (item) => plain(item));
  const stated = isBasicExpression(token) ? token.expression : token.value;
  if (key === "if" && token.definitionInfo) {
    return { "${{": ensureStatusFunction(String(stated).trim() || "success()", token.definitionInfo) };
  }
  return isBasicExpression(token) ? { "${{": stated } : stated ?? null;
}

async function load({ name, content }) {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  const errors = context.errors.getErrors().map((error) => error.message);
  return { errors, workflow: errors.length ? null : plain(value) };
}

function statusFunctions(status) {
  const says = { always: true, success: status === "success", failure: status === "failure", cancelled: false };
  const functions = Object.entries(says).map(([name, said]) => ({
    name, minArgs: 0, maxArgs: 255, call: () => new data.BooleanData(said),
  }));
  // Files are not read: what it is for, a cache, is left out here.
  const hash = { name: "hashFiles", minArgs: 1, maxArgs: 255, call: () => new data.StringData("0".repeat(64)) };
  return [...functions, hash];
}

function evaluate(expression, contexts, functions) {
  const names = contexts.pairs().map((pair) => pair.key);
  const tree = new Parser(new Lexer(expression).lex().tokens, names, functions).parse();
  const known = new Map(functions.map((one) => [one.name.toLowerCase(), one]));
  return JSON.parse(JSON.stringify(new Evaluator(tree, contexts, known).evaluate() ?? null, data.replacer));
}

function resolved(tree, contexts, functions) {
  if (Array.isArray(tree)) return tree.map((item) => resolved(item, contexts, functions));
  if (tree === null || typeof tree !== "object") return tree;
  if ("${{" in tree) return evaluate(tree["${{"], contexts, functions);
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, resolved(value, contexts, functions)]));
}

function resolve({ tree, contexts, status }) {
  const revived = JSON.parse(JSON.stringify(contexts), data.reviver);
  return { value: resolved(tree, revived, statusFunctions(status)) };
}

async function main() {
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    let answer;
    try {
      answer = asked.tree === undefined ? await load(asked) : resolve(asked);
    } catch (error) {
      answer = { failed: String(error.message ?? error) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}

main();
