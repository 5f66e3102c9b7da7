// Trusted Types: the two places where a string may become code or markup, and nowhere else.

/** @typedef {{createHTML(text: string): any, createScriptURL(url: string): any}} Policy */

/** @type {Policy} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("portolan", {
  // HTML is written by app/view/markup.py alone, which escapes.
  createHTML: (/** @type {string} */ text) => text,
  // PyScript starts its worker from a blob, which inherits this page's CSP; a worker from a URL would not.
  createScriptURL: (/** @type {string} */ url) => {
    if (!url.startsWith("blob:")) throw new TypeError(`Portolan starts no worker from ${url}`);
    return url;
  },
}) ?? { createHTML: (text) => text, createScriptURL: (url) => url };

const NativeWorker = globalThis.Worker;

/** PyScript calls `new Worker(url, options)` with a plain string. */
globalThis.Worker = class extends NativeWorker {
  /** @param {string | URL} url @param {WorkerOptions} [options] */
  constructor(url, options) {
    super(policy.createScriptURL(String(url)), options);
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
