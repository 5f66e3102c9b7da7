// The yardstick for lists: what a page costs that does nothing but fetch one and show it.
const list = document.getElementById("list");
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

async function show(origin, path, key, most) {
  const answer = await fetch(`${origin}/v2/${path}?n=1000`, { credentials: "omit" });
  const names = (await answer.json())[key].slice(0, most);
  list.innerHTML = names.map((name) => `<li><a href="#/${escape(name)}">${escape(name)}</a></li>`).join("");
}

addEventListener("hashchange", async () => {
  const started = performance.now();
  const [origin, path, key, most] = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  await show(origin, path, key, most);
  list.getBoundingClientRect(); // layout belongs to showing
  performance.mark("shown", { detail: { took: performance.now() - started } });
});
performance.mark("ready");
