// What a person does, as messages: delegated from the document, so that regions may come and go.
import { announce } from "./commit.js";

/** @typedef {(kind: string, ...args: unknown[]) => void} Send */

const LARGEST = 1 << 20; // bytes of a file that are read, and one more to show that it is longer

/** @param {Element} element */
const argsOf = (element) => JSON.parse(element.getAttribute("data-args") ?? "{}");

/** @param {Event} event @param {string} selector @returns {any} */
const closest = (event, selector) => /** @type {Element} */ (event.target).closest?.(selector);

/** @param {Send} send */
export function listen(send) {
  document.addEventListener("submit", (event) => {
    const form = closest(event, "form[data-form]");
    if (!form) return;
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(form)].filter(([, text]) => typeof text === "string"));
    send("submit", form.dataset.form, fields);
    // A secret that was typed or pasted must not stay in the page.
    if (form.hasAttribute("data-clear")) form.reset();
    for (const one of form.querySelectorAll("input[type=password]")) one.value = "";
  });

  document.addEventListener("input", (event) => {
    const field = closest(event, "input[data-input]");
    if (field && field.type !== "password") send("input", field.dataset.input, field.value);
  });

  document.addEventListener("change", async (event) => {
    const chooser = closest(event, "input[type=file][data-file]");
    const file = chooser?.files[0];
    if (file) {
      chooser.value = "";
      send("submit", chooser.dataset.file, { [chooser.dataset.field]: await file.slice(0, LARGEST + 1).text() });
    }
    const field = closest(event, "select[data-command], input[type=checkbox][data-command]");
    if (!field) return;
    const value = field.type === "checkbox" ? field.checked : field.value;
    send("command", field.dataset.command, { ...argsOf(field), value });
  });

  document.addEventListener("click", (event) => {
    if (closest(event, "[data-skip]")) {
      event.preventDefault();
      /** @type {HTMLElement} */ (document.getElementById("main")).focus();
    }
    if (closest(event, "[data-reload]")) location.reload();
    const copy = closest(event, "[data-copy]");
    if (copy) void copyText(copy);
    const button = closest(event, "button[data-command]");
    if (!button) return;
    send("command", button.dataset.command, argsOf(button));
    if (button.closest("details.menu")) closeMenus(null);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus(null);
    if (event.ctrlKey || event.metaKey || event.altKey || closest(event, "input, textarea, select, [contenteditable]")) return;
    // What the page itself has for a key comes before the header's.
    const target = [...document.querySelectorAll("main [data-key]"), ...document.querySelectorAll("[data-key]")].find(
      (one) => one.getAttribute("data-key") === event.key && one.checkVisibility(),
    );
    if (!(target instanceof HTMLElement || target instanceof SVGElement)) return;
    event.preventDefault();
    if (target instanceof HTMLInputElement) target.select();
    target.focus();
    if (target instanceof HTMLElement && !(target instanceof HTMLInputElement)) target.click();
  });

  document.addEventListener("pointerdown", (event) => closeMenus(/** @type {Node} */ (event.target)));
}

/** A menu is a `<details>`; it closes when one clicks elsewhere or presses Escape. @param {Node | null} inside */
function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (inside && menu.contains(inside)) continue;
    menu.removeAttribute("open");
    if (!inside && menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
  }
}

/** Copying needs the person's gesture, so the text waits in the page. @param {HTMLElement} button */
async function copyText(button) {
  const text = button.dataset.copy ?? "";
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyBySelection(text, button);
    button.setAttribute("data-done", "");
    announce("Copied");
    setTimeout(() => button.removeAttribute("data-done"), 1500);
  } catch {
    announce("The browser did not allow copying");
  }
}

/** On plain http there is no clipboard API. @param {string} text @param {HTMLElement} button */
function copyBySelection(text, button) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "vh";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  button.focus();
  if (!done) throw new Error("refused");
}

/** Tells which chunks of a long list are in view, whenever that changes. @param {Send} send */
export function watchChunks(send) {
  /** @type {Set<Element>} */
  const watched = new Set();
  /** @type {Set<Element>} */
  const visible = new Set();
  let due = false;
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) visible[isIntersecting ? "add" : "delete"](target);
    if (!due) requestAnimationFrame(tell);
    due = true;
  });
  function tell() {
    due = false;
    /** @type {Map<string, number[]>} */
    const chunks = new Map();
    for (const one of watched) {
      const [region = "", number] = (one.getAttribute("data-chunk") ?? "").split(":");
      if (!chunks.has(region)) chunks.set(region, []);
      if (visible.has(one)) chunks.get(region)?.push(Number(number));
    }
    for (const [region, numbers] of chunks) send("near", region, numbers.sort((a, b) => a - b));
  }
  return () => {
    for (const one of watched) if (!one.isConnected) for (const set of [watched, visible]) observer.unobserve(one), set.delete(one);
    for (const one of document.querySelectorAll("[data-chunk]")) if (!watched.has(one)) observer.observe(one), watched.add(one);
  };
}
