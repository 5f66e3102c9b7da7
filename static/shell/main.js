// The page's side of the wall: starts Python in a worker, passes on what a person does, applies what Python commits.
import { extension } from "./policy.js";
import { apply, loadMorph } from "./commit.js";
import { listen, watchChunks } from "./events.js";
import { granted, watchGrants } from "./grants.js";
import { currentNav, follow, watchAddress } from "./route.js";
import { keep, kept, setTheme } from "./store.js";
import { failBy, frame, marked, reach, ready, refuseFrame, suits, warm, watchdog } from "./boot.js";

const site = new URL(".", document.baseURI).href;
const vendor = `${site}static/vendor/`;
const runtime = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"];

marked("shell");
if (top !== self) refuseFrame();
else if (suits()) await start().catch(failBy);

async function start() {
  watchdog();
  const stored = kept();
  setTheme(stored?.["theme"]);
  frame();
  /** @type {((kind: string, args: unknown[]) => void) | null} */
  let dispatch = null;
  /** @type {[string, unknown[]][]} what was done before Python was up */
  const waiting = [];
  const send = (/** @type {string} */ kind, /** @type {unknown[]} */ ...args) => {
    if (dispatch) dispatch(kind, args);
    else waiting.push([kind, args]);
  };
  listen(send);
  watchAddress(send);
  watchGrants(send);
  const rewatch = watchChunks(send);
  void warm([...runtime.map((name) => `${vendor}pyodide/${name}`), `${vendor}app.zip`, `${site}pyscript.toml`, `${site}app/main.py`]);

  const [{ hooks, PyWorker }] = await Promise.all([import(`${vendor}pyscript/core.js`), loadMorph(vendor)]);
  hooks.worker.onBeforeRunAsync.clear(); // PyScript's own set-up needs eval, and nothing here needs it
  const worker = await PyWorker(`${site}app/main.py`, {
    // Not pyscript.toml itself: PyScript's small TOML parser dies of valid files. Python reads that one with tomllib.
    config: { files: { [`${vendor}app.zip`]: "./*", [`${site}pyscript.toml`]: "./pyscript.toml" } },
    version: `${vendor}pyodide/pyodide.mjs`,
    async: true,
  });
  worker.sync.commit = (/** @type {import("./commit.js").Commit} */ commit) => {
    if (commit.nav < currentNav()) return;
    apply(commit);
    const marks = commit.mark?.split(" ") ?? [];
    follow(commit.route ?? null, commit.replace, marks.includes("shown"));
    rewatch();
    for (const mark of marks) marked(mark, commit.nav);
    ready();
  };
  worker.sync.keep = keep;
  worker.sync.download = (/** @type {string} */ name, /** @type {Uint8Array<ArrayBuffer>} */ content, /** @type {string} */ type) => {
    const url = URL.createObjectURL(new Blob([content], { type }));
    Object.assign(document.createElement("a"), { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  const may = await granted();
  marked("python");
  reach(2);
  dispatch = (kind, args) => worker.sync.dispatch(kind, args).catch((/** @type {unknown} */ error) => failBy(error, "app/main.py"));
  send("start", { nav: currentNav(), hash: location.hash, kept: stored, secure: isSecureContext, extension, granted: may });
  for (const [kind, args] of waiting) if (kind !== "navigate") dispatch(kind, args);
}
