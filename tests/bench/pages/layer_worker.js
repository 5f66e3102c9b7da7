// The yardstick for layers: what fetch, DecompressionStream and a walk over tar headers cost, and nothing else.
const BLOCK = 512;
const latin1 = new TextDecoder("latin1");

class Walk {
  constructor() {
    this.names = [];
    this.sizes = [];
    this.skip = 0;
    this.held = new Uint8Array(BLOCK);
    this.filled = 0;
  }

  feed(data) {
    let at = 0;
    while (at < data.length) {
      if (this.skip) {
        const passed = Math.min(this.skip, data.length - at);
        this.skip -= passed;
        at += passed;
      } else if (this.filled || data.length - at < BLOCK) {
        const piece = data.subarray(at, at + BLOCK - this.filled);
        this.held.set(piece, this.filled);
        this.filled += piece.length;
        at += piece.length;
        if (this.filled === BLOCK) {
          this.filled = 0;
          this.header(this.held);
        }
      } else {
        this.header(data.subarray(at, at + BLOCK));
        at += BLOCK;
      }
    }
  }

  header(block) {
    if (!block[0]) return;
    const name = latin1.decode(block.subarray(0, 100));
    const size = parseInt(latin1.decode(block.subarray(124, 135)), 8);
    this.names.push(name.slice(0, name.indexOf("\0")));
    this.sizes.push(size);
    this.skip = Math.ceil(size / BLOCK) * BLOCK;
  }
}

addEventListener("message", async ({ data: url }) => {
  const started = performance.now();
  const answer = await fetch(url, { credentials: "omit", cache: "no-store" });
  const walk = new Walk();
  const reader = answer.body.pipeThrough(new DecompressionStream("gzip")).getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) walk.feed(step.value);
  postMessage({ took: performance.now() - started, members: walk.names.length });
});
postMessage("ready");
