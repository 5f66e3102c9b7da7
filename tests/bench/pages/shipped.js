// The yardstick for the start: npm's Pyodide as it comes, on the page's own thread, to its first Python line.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const python = await loadPyodide({ indexURL: new URL("pyodide/", import.meta.url).href });
python.runPython("1 + 1");
performance.mark("python");
