// Applies what Python commits: regions are morphed, so focus, selection, scroll and open details survive.
import { parse } from "./policy.js";

/**
 * @typedef {{nav: number, patches: {region: string, html: string}[], main: Record<string, string>, title: string,
 *   route: string | null, replace: boolean, focus: string | null, announce: string | null, mark: string | null}} Commit
 */

/** @type {(from: Node, to: Node, options: object) => void} */
let morphdom;

let named = ""; // the subject that the header's input names
let shown = 0; // the navigation whose page is there; that of the start is painted by index.html

/** @param {string} vendor */
export async function loadMorph(vendor) {
  morphdom = (await import(`${vendor}morphdom/morphdom-esm.js`)).default;
}

const keepAttributes = { DETAILS: ["open"], INPUT: ["value", "checked"], OPTION: ["selected"], DIALOG: ["open"], TEXTAREA: ["value"] };

const hooks = {
  childrenOnly: true,
  /** @param {Element} from @param {Element} to */
  onBeforeElUpdated(from, to) {
    if (from.isEqualNode(to) && !to.hasAttribute("data-reset")) return false;
    const kept = /** @type {Record<string, string[]>} */ (keepAttributes)[from.tagName] ?? [];
    if (!to.hasAttribute("data-reset")) for (const name of kept) carry(from, to, name);
    if (from.hasAttribute("data-done")) to.setAttribute("data-done", "");
    return true;
  },
  // A region inside a region is filled by its own patches.
  /** @param {Element} from */
  onBeforeElChildrenUpdated: (from) => !from.hasAttribute("data-region") && from.tagName !== "TEXTAREA",
};

/** The page, not Python, owns these: what a person opened, typed or ticked. @param {any} from @param {any} to @param {string} name */
function carry(from, to, name) {
  if (typeof from[name] === "boolean") {
    to[name] = from[name];
    to.toggleAttribute(name, from.hasAttribute(name));
  } else {
    to.value = from.value;
    if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name));
    else to.removeAttribute(name);
  }
}

/** @param {{region: string, html: string}} patch @param {boolean} fresh */
function patchRegion({ region, html }, fresh) {
  const target = document.getElementById(region);
  if (!target) return;
  const next = parse(/** @type {Element} */ (target.cloneNode(false)), html);
  // What a person typed and opened belongs to one page: the next one begins without it.
  if (fresh && region === "main") return target.replaceChildren(...next.childNodes);
  const chosen = [...target.querySelectorAll("select")].map((one) => /** @type {const} */ ([one, one.value]));
  const active = /** @type {any} */ (document.activeElement);
  const selection = active?.selectionStart === undefined ? null : [active.selectionStart, active.selectionEnd];
  morphdom(target, next, hooks);
  // An element that something was put in front of was moved, and a moved element loses the focus.
  if (active?.isConnected && document.activeElement !== active) {
    active.focus({ preventScroll: true });
    if (selection?.[0] != null) active.setSelectionRange(...selection);
  }
  for (const [one, value] of chosen) if (one.isConnected && !one.hasAttribute("data-reset")) one.value = value;
}

/** @param {Commit} commit */
export function apply(commit) {
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  const fresh = commit.nav !== shown || ["subject", "view"].some((name) => commit.main[name] !== main.dataset[name]);
  shown = commit.nav;
  const focused = document.activeElement !== document.body;
  for (const patch of commit.patches) patchRegion(patch, fresh);
  document.title = commit.title;
  const omnibox = /** @type {HTMLFormElement} */ (document.querySelector(".omnibox"));
  omnibox.hidden = commit.main.view === "landing";
  for (const [name, text] of Object.entries(commit.main)) main.dataset[name] = text;
  // Where the focused element went away with its region, the focus goes to the heading and not to nowhere.
  const focus = commit.focus ?? (focused && document.activeElement === document.body ? "heading" : null);
  if (focus) {
    const target = focus === "heading" ? main.querySelector("h1") : document.getElementById(focus);
    /** @type {HTMLElement | null} */ (target)?.focus({ preventScroll: focus === "heading" });
  }
  const field = /** @type {HTMLInputElement} */ (document.getElementById("omnibox"));
  if (named !== commit.main["subject"] && document.activeElement !== field) {
    named = commit.main["subject"] ?? "";
    field.value = named;
  }
  if (commit.announce) announce(commit.announce);
}

/** @param {string} text */
export function announce(text) {
  /** @type {HTMLElement} */ (document.getElementById("announce")).textContent = text;
}
