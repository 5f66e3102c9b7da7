// Trusted Types: the two places where a string may become code or markup, and nowhere else.

/** @typedef {{createHTML(text: string): any, createScriptURL(url: string): any}} Policy */

// In an extension no worker may come from a blob; there the same code lies in the package (tools/extension.py), under its CSP.
export const extension = location.protocol.endsWith("-extension:");
const inPackage = extension ? new URL("../vendor/pyscript/worker.js", import.meta.url).href : "";

/** @type {Policy} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("portolan", {
  // HTML is written by app/view/markup.py alone, which escapes.
  createHTML: (/** @type {string} */ text) => text,
  // PyScript starts its worker from a blob, which inherits this page's CSP; a worker from a URL would not.
  createScriptURL: (/** @type {string} */ url) => {
    if (inPackage ? url !== inPackage : !url.startsWith("blob:")) throw new TypeError(`Portolan starts no worker from ${url}`);
    return url;
  },
}) ?? { createHTML: (text) => text, createScriptURL: (url) => url };

const NativeWorker = globalThis.Worker;

/** PyScript calls `new Worker(url, options)` with the URL of a blob as a plain string. */
globalThis.Worker = class extends NativeWorker {
  /** @param {string | URL} url @param {WorkerOptions} [options] */
  constructor(url, options) {
    super(policy.createScriptURL(inPackage || String(url)), options);
  }
};

/**
 * The only place where markup enters the page.
 * @param {Element} shape an empty element of the kind the markup goes into
 * @param {string} html
 */
export function parse(shape, html) {
  shape.innerHTML = policy.createHTML(html);
  return shape;
}
