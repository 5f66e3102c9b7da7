// Asks a worker to list the layer whose address is the hash; what it found is in the mark.
const worker = new Worker(new URL("layer_worker.js", import.meta.url), { type: "module" });

worker.addEventListener("message", ({ data }) => {
  if (data === "ready") performance.mark("ready");
  else performance.mark("shown", { detail: data });
});
addEventListener("hashchange", () => {
  const url = decodeURIComponent(location.hash.slice(1));
  if (url) worker.postMessage(url);
});
