// The vendored Pyodide under Node, as the page's worker has it: app.zip unpacked into the working directory.
// Reads lines of JSON {code}, runs each as Python and answers with a line {value} or {error}.
// node interpreter.mjs VENDOR_FOLDER
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const vendor = process.argv[2];

// The value of the last line, as JSON; names stay in the namespace of that one piece of code.
const EVALUATE = `
def evaluate(code):
    import json
    from pyodide.code import eval_code
    return json.dumps(eval_code(code, {"__name__": "inside"}))
evaluate
`;

/** @param {unknown} error */
function message(error) {
  return error instanceof Error ? error.message : String(error);
}

try {
  const { loadPyodide } = await import(pathToFileURL(`${vendor}/pyodide/pyodide.mjs`).href);
  const python = await loadPyodide({ indexURL: `${vendor}/pyodide/` });
  python.unpackArchive(new Uint8Array(readFileSync(`${vendor}/app.zip`)), "zip");
  const evaluate = python.runPython(EVALUATE);
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      console.log(`{"value": ${evaluate(JSON.parse(line).code)}}`);
    } catch (error) {
      console.log(JSON.stringify({ error: message(error) }));
    }
  }
} catch (error) {
  // Left to Node, an error prints the megabyte of one-line JavaScript it was thrown from.
  console.error(message(error));
  process.exitCode = 1;
}
