// The address: what counts as a navigation, and where the page was scrolled to at each place in the history.

/** @typedef {(kind: string, ...args: unknown[]) => void} Send */

let nav = 0;
let known = location.hash;
/** @type {number | null} the scroll position that still has to be reached after going back */
let wanted = null;
let scrolling = 0;

/** The address changes before `hashchange` tells of it: from then on it is the next navigation's. */
export const currentNav = () => (location.hash === known ? nav : nav + 1);

/** @param {Send} send */
export function watchAddress(send) {
  history.scrollRestoration = "manual";
  wanted = history.state?.y ?? null;
  addEventListener("popstate", (event) => {
    // A link to a fragment fires popstate too: then the entry is new and has no state.
    wanted = event.state?.y ?? null;
  });
  addEventListener("hashchange", () => {
    known = location.hash;
    nav += 1;
    clearTimeout(scrolling);
    if (wanted === null) scrollTo(0, 0);
    send("navigate", nav, location.hash);
  });
  addEventListener("scroll", () => {
    clearTimeout(scrolling);
    scrolling = setTimeout(() => history.replaceState({ ...history.state, y: scrollY }, ""), 100);
  });
  for (const kind of ["wheel", "touchmove", "keydown"]) addEventListener(kind, () => (wanted = null), { passive: true });
}

/** After a commit: the address as Python writes it, and the scroll position once the page is long enough for it.
 * @param {string | null} route @param {boolean} replace @param {boolean} settled */
export function follow(route, replace, settled) {
  if (route !== null && route !== location.hash && `#/${location.hash.replace(/^#\/?/, "")}` !== route) {
    if (replace) history.replaceState({ ...history.state }, "", route);
    else {
      history.pushState({}, "", route);
      scrollTo(0, 0);
    }
    known = location.hash;
  }
  if (wanted === null) return;
  const reachable = document.documentElement.scrollHeight - innerHeight;
  scrollTo(0, Math.min(wanted, reachable));
  if (settled || reachable >= wanted) wanted = null;
}
