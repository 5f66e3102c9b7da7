// What this browser keeps between visits: small texts under one prefix, never a secret. It may be refused.
const prefix = "portolan:";

/** Null when the browser keeps nothing for this site (site data blocked). @returns {Record<string, string> | null} */
export function kept() {
  try {
    const entries = Object.entries(localStorage).filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(entries.map(([key, text]) => [key.slice(prefix.length), text]));
  } catch {
    return null;
  }
}

/** Python's None arrives as undefined. @param {string} key @param {string | null | undefined} text */
export function keep(key, text) {
  if (key === "theme") setTheme(text);
  try {
    if (text == null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, text);
  } catch {
    // Nothing can be kept; the settings page says so.
  }
}

/** @param {string | null | undefined} theme */
export function setTheme(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}
