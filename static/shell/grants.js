// What an extension may read: the browser's own list. It is asked for on a click and told to Python whenever it changes.
import { extension } from "./policy.js";

/** @typedef {(kind: string, ...args: unknown[]) => void} Send */

const permissions = /** @type {any} */ (globalThis).chrome?.permissions;

/** A match pattern; those of Firefox have no ports. @param {string} origin */
const patternOf = (origin) => (location.protocol === "moz-extension:" ? origin.replace(/:\d+$/, "") : origin) + "/*";

/** @returns {Promise<string[]>} such as `https://registry.example`, `*://*` */
export const granted = async () =>
  extension ? ((await permissions.getAll()).origins ?? []).map((/** @type {string} */ one) => one.replace("<all_urls>", "*://*/*").replace(/\/\*$/, "")) : [];

/** @param {Send} send */
export function watchGrants(send) {
  if (!extension) return;
  const tell = async (/** @type {unknown} */ ok) => send("granted", await granted(), ok !== false);
  for (const event of [permissions.onAdded, permissions.onRemoved]) event.addListener(tell);
  document.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-grant], [data-revoke]"));
    if (!button) return;
    const { grant, revoke } = button.dataset;
    const origins = (grant ?? revoke ?? "").split(" ").map(patternOf);
    // Within the click itself: later the browser would no longer take it for the person's wish.
    permissions[grant ? "request" : "remove"]({ origins }).then(tell, () => tell(false));
  });
}
