// A worker that computes digests of what streams by, so that whoever reads a layer need not stop for it. It asks nobody
// for anything. Messages: {id, start: true}; {id, data}, answered by {id, done: bytes}; {id, ask: true}, answered by
// {id, hex}, after which more may follow; {id, end: true}. The first answer of all is {ready: true}.

/** @typedef {{init(): void, update(data: Uint8Array): void, digest(): string, save(): Uint8Array, load(state: Uint8Array): void}} Hash */

/** @type {Map<number, Hash>} */
const hashes = new Map();

// One after the other: to make a hash takes a moment, and its data follow at once.
// What it needs may be kept from it: an error that nobody catches in a promise would not reach whoever started this.
let last = begin().catch(reportError);

addEventListener("message", ({ data }) => {
  last = last.then(() => take(data));
});

async function begin() {
  await import(new URL("../vendor/hash-wasm/sha256.umd.min.js", import.meta.url).href);
  postMessage({ ready: true });
}

/** @returns {Promise<Hash>} */
const create = () => /** @type {any} */ (globalThis).hashwasm.createSHA256();

/** @param {{id: number, start?: boolean, data?: Uint8Array, ask?: boolean, end?: boolean}} message */
async function take({ id, start, data, ask, end }) {
  if (start) {
    const made = await create();
    made.init();
    hashes.set(id, made);
  }
  const hash = hashes.get(id);
  if (!hash) return;
  if (data) {
    hash.update(data);
    postMessage({ id, done: data.byteLength });
  }
  if (ask) {
    const state = hash.save();
    postMessage({ id, hex: hash.digest() });
    hash.load(state);
  }
  if (end) hashes.delete(id);
}
