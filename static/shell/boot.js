// The start: named steps while Python comes up, and what to say when it does not (the words are in index.html).

const STEPS = ["Fetching the Python runtime", "Starting Python", "Loading the registry client", "Opening"];
const PATIENCE = 90_000; // ms; a slow phone on a slow network is not a failure yet
const root = document.documentElement;
const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const strip = /** @type {HTMLElement} */ (document.getElementById("boot"));
let step = 0;
let blocked = "";

export const marked = (/** @type {string} */ name, nav = 0) => performance.mark(`portolan:${name}`, { detail: { nav } });

/** @param {number} number index in STEPS @param {string} [more] */
export function reach(number, more = "") {
  if (number < step || root.dataset.boot !== "loading") return;
  step = number;
  /** @type {HTMLProgressElement} */ (strip.firstElementChild).value = number + 0.5;
  /** @type {HTMLElement} */ (strip.lastElementChild).textContent = `${STEPS[number]}${more} · step ${number + 1} of ${STEPS.length}`;
}

/** Python has committed its first page. */
export function ready() {
  if (root.dataset.boot === "loading") root.dataset.boot = "ready";
}

/** @param {string} id @returns {DocumentFragment} */
const clone = (id) => /** @type {any} */ (document.getElementById(id)).content.cloneNode(true);

/** @param {DocumentFragment} copy @param {string} selector @param {string} text */
function fill(copy, selector, text) {
  /** @type {HTMLElement} */ (copy.querySelector(selector)).textContent = text;
}

/** The frame of the page that a deep link names, at once. */
export function frame() {
  const subject = location.hash.replace(/^#\/?/, "").replace(/\?.*/, "");
  if (!subject) return;
  const copy = clone("t-frame");
  fill(copy, "h1", subject);
  main.replaceChildren(copy);
  main.dataset.view = "";
}

/** Inside another page Portolan only offers to open on its own. */
export function refuseFrame() {
  const copy = clone("t-framed");
  /** @type {HTMLAnchorElement} */ (copy.querySelector("a")).href = location.href;
  main.replaceChildren(copy);
  root.dataset.boot = "failed";
}

/** @param {"missing" | "policy" | "offline" | "old" | "storage" | "stopped"} kind @param {string} what @param {string} [detail] */
function fail(kind, what, detail = "") {
  if (root.dataset.boot !== "loading") return;
  root.dataset.boot = "failed";
  const copy = clone("t-failed");
  for (const one of copy.querySelectorAll("[data-case]")) if (one.getAttribute("data-case") !== kind) one.remove();
  fill(copy, '[data-fill="what"]', what);
  fill(copy, '[data-fill="detail"]', [`at: ${STEPS[step]}`, detail, blocked, navigator.userAgent].filter(Boolean).join("\n"));
  main.replaceChildren(copy);
  main.dataset.state = "failed";
}

/** @param {unknown} error @param {string} [url] */
export function failBy(error, url) {
  const detail = String(/** @type {any} */ (error)?.stack ?? error);
  // "Failed to fetch dynamically imported module: URL" and its like in other browsers name the file.
  url ??= /https?:\/\/[^\s:]+(:\d+)?[^\s:)]*\.m?js/.exec(detail)?.[0] ?? "a file of this site";
  if (blocked) fail("policy", blocked, detail);
  else if (!navigator.onLine) fail("offline", `${url} could not be fetched.`, detail);
  else fail("stopped", `It failed at ${url}.`, detail);
}

/** Things that never reject: policy violations, errors of the worker, and silence. */
export function watchdog() {
  addEventListener("securitypolicyviolation", (event) => {
    blocked ||= `${event.blockedURI} was blocked by ${event.effectiveDirective}.`;
    failBy(blocked);
  });
  addEventListener("unhandledrejection", (event) => failBy(event.reason));
  addEventListener("error", (event) => failBy(event.error ?? event.message));
  setTimeout(() => failBy(`no answer for ${PATIENCE / 1000} seconds`), PATIENCE);
}

/** Whether this browser has what must be there before it is worth starting. */
export function suits() {
  const lacking = ["WebAssembly", "Worker", "BigInt64Array", "structuredClone"].filter((name) => !(name in globalThis));
  if (lacking.length) fail("old", `It has no ${lacking.join(", no ")}.`);
  try {
    void globalThis.localStorage.length;
  } catch {
    fail("storage", "The Python runtime cannot start without it."); // PyScript's IndexedDB would never answer
  }
  return root.dataset.boot === "loading";
}

/** Whether the browser has this site's files: then reading megabytes of them once more would only slow the worker down. */
function seenBefore() {
  const [style] = performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/style.css"));
  const { transferSize, encodedBodySize } = /** @type {PerformanceResourceTiming} */ (style ?? { transferSize: 1, encodedBodySize: 0 });
  return transferSize < encodedBodySize;
}

/** Fetches the runtime's files once, so that the worker finds them in the browser's cache, and names the one that is missing. @param {string[]} urls */
export async function warm(urls) {
  const method = seenBefore() ? "HEAD" : "GET";
  let done = 0;
  reach(0);
  await Promise.all(urls.map(async (url) => {
    const name = new URL(url).pathname;
    try {
      const answer = await fetch(url, { method });
      if (!answer.ok) fail("missing", `The page asked its own server for ${name} and got ${answer.status}.`, `GET ${url}`);
      await answer.arrayBuffer();
    } catch (error) {
      failBy(error, name);
    }
    done += 1;
    reach(0, ` (${done} of ${urls.length} files)`);
  }));
  reach(1);
}
