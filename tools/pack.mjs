// Boots Pyodide under Node and lets tools/packing.py write a zip: node tools/pack.mjs PYODIDE_FOLDER JOB_FILE
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, job] = process.argv.slice(2).map((argument) => resolve(argument));

try {
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
  const python = await loadPyodide({ indexURL: `${folder}/` });
  // The whole disk under /host: jobs name files by absolute path.
  python.FS.mkdirTree("/host");
  python.FS.mount(python.FS.filesystems.NODEFS, { root: "/" }, "/host");
  python.FS.mkdirTree("/home/pyodide/tools");
  for (const name of ["__init__.py", "closure.py", "packing.py"]) {
    python.FS.writeFile(`/home/pyodide/tools/${name}`, readFileSync(new URL(name, import.meta.url)));
  }
  console.log(python.pyimport("tools.packing").run(`/host${job}`));
} catch (error) {
  // Left to Node, an error prints the megabyte of one-line JavaScript it was thrown from.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
