// The start: named steps while Python comes up, and what to say when it does not.

const STEPS = ["Fetching the Python runtime", "Starting Python", "Loading the registry client", "Opening"];
const PATIENCE = 90_000; // ms; a slow phone on a slow network is not a failure yet
const root = document.documentElement;
const strip = /** @type {HTMLElement} */ (document.getElementById("boot"));
let step = -1;
let blocked = "";

export const marked = (/** @type {string} */ name, nav = 0) => performance.mark(`portolan:${name}`, { detail: { nav } });

/** @param {number} number index in STEPS @param {string} [more] */
export function reach(number, more = "") {
  if (number < step || root.dataset.boot !== "loading") return;
  step = number;
  const progress = /** @type {HTMLProgressElement} */ (strip.querySelector("progress"));
  progress.max = STEPS.length;
  progress.value = number + 0.5;
  const text = `${STEPS[number]}${more} · step ${number + 1} of ${STEPS.length}`;
  /** @type {HTMLElement} */ (strip.querySelector(".boot-text")).textContent = text;
}

/** Python has committed its first page. */
export function ready() {
  if (root.dataset.boot !== "loading") return;
  root.dataset.boot = "ready";
}

/** The frame of the page that a deep link names, at once. */
export function frame() {
  const subject = location.hash.replace(/^#\/?/, "");
  if (!subject) return;
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  const copy = /** @type {DocumentFragment} */ (clone("t-frame"));
  /** @type {HTMLElement} */ (copy.querySelector("h1")).textContent = subject.split("?")[0] ?? subject;
  main.replaceChildren(copy);
  main.dataset.view = "";
}

/** @param {string} id */
const clone = (id) => /** @type {HTMLTemplateElement} */ (document.getElementById(id)).content.cloneNode(true);

/** Inside another page Portolan only offers to open on its own. */
export function refuseFrame() {
  const copy = /** @type {DocumentFragment} */ (clone("t-framed"));
  /** @type {HTMLAnchorElement} */ (copy.querySelector("a")).href = location.href;
  document.getElementById("main")?.replaceChildren(copy);
  root.dataset.boot = "failed";
}

/** @param {string} title @param {string} what @param {string[]} tries @param {string} [detail] */
export function fail(title, what, tries, detail = "") {
  if (root.dataset.boot !== "loading") return;
  root.dataset.boot = "failed";
  const copy = /** @type {DocumentFragment} */ (clone("t-failed"));
  const fill = (/** @type {string} */ name) => /** @type {HTMLElement} */ (copy.querySelector(`[data-fill="${name}"]`));
  fill("title").textContent = title;
  fill("what").textContent = `${what} No registry was contacted.`;
  for (const one of tries) fill("tries").append(Object.assign(document.createElement("li"), { textContent: one }));
  fill("detail").textContent = [`stopped at: ${STEPS[Math.max(step, 0)]}`, detail, blocked, navigator.userAgent].filter(Boolean).join("\n");
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  main.replaceChildren(copy);
  main.dataset.state = "failed";
}

/** @param {unknown} error @param {string} [url] */
export function failBy(error, url) {
  const detail = String(/** @type {any} */ (error)?.stack ?? error);
  // "Failed to fetch dynamically imported module: URL" and its like in other browsers name the file.
  url ??= /https?:\/\/[^\s:]+(:\d+)?[^\s:)]*\.m?js/.exec(detail)?.[0] ?? "a file of this site";
  if (blocked) {
    fail("This page's own security policy stopped the start", blocked, [
      "If you host this copy, serve it without a Content-Security-Policy header of your own, or with the one from index.html.",
      "A browser extension can add such a policy: try without extensions.",
    ], detail);
  } else if (!navigator.onLine) {
    fail("You are offline", `${url} could not be fetched.`, ["Connect to the network, then try again."], detail);
  } else {
    fail("Portolan stopped while starting", `It failed at ${url}.`, [
      "Reload, in case a deployment was half finished.",
      "A content blocker or a proxy that alters files gives the same symptom.",
    ], detail);
  }
}

/** Things that never reject: policy violations, errors of the worker, and silence. */
export function watchdog() {
  addEventListener("securitypolicyviolation", (event) => {
    blocked ||= `${event.blockedURI} was blocked by ${event.effectiveDirective}.`;
    if (event.disposition === "enforce") failBy(blocked);
  });
  addEventListener("unhandledrejection", (event) => failBy(event.reason));
  addEventListener("error", (event) => failBy(event.error ?? event.message));
  setTimeout(() => failBy(`no answer for ${PATIENCE / 1000} seconds`), PATIENCE);
}

/** What must be there before it is worth starting. */
export function suits() {
  const lacking = ["WebAssembly", "Worker", "BigInt64Array", "structuredClone"].filter((name) => !(name in globalThis));
  if (lacking.length) {
    fail("This browser is too old for Portolan", `It has no ${lacking.join(", no ")}.`, ["Use a current version of Chrome, Edge, Firefox or Safari."]);
  }
  try {
    void globalThis.localStorage.length;
  } catch {
    fail("This browser blocks site data for this page", "The Python runtime cannot start without it.", [
      "Allow site data (cookies) for this address, then try again. Portolan sets no cookie and keeps no password.",
    ]);
  }
  return root.dataset.boot === "loading";
}

/** Fetches the runtime's files once, so that the worker finds them in the browser's cache, and names the one that is missing. @param {string[]} urls */
export async function warm(urls) {
  let done = 0;
  reach(0);
  await Promise.all(urls.map(async (url) => {
    const name = new URL(url).pathname;
    try {
      const answer = await fetch(url);
      if (!answer.ok) {
        fail("A runtime file is missing from this site", `The page asked its own server for ${name} and got ${answer.status}.`, [
          "Reload, in case a deployment was half finished.",
          "If you host this copy, check that the whole folder was uploaded, static/vendor/ included (make site builds it).",
        ], `GET ${url}\nHTTP ${answer.status}, ${answer.headers.get("content-type")}`);
      }
      await answer.arrayBuffer();
    } catch (error) {
      failBy(error, name);
    }
    done += 1;
    reach(0, ` (${done} of ${urls.length} files)`);
  }));
  reach(1);
}
