// Serves the worker whose file is the first argument, as Cloudflare would: node node_worker.mjs FILE. Prints its port.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const { default: worker } = await import(pathToFileURL(process.argv[2]));

const server = createServer(async (incoming, outgoing) => {
  const parts = [];
  for await (const part of incoming) parts.push(part);
  const body = parts.length ? Buffer.concat(parts) : undefined;
  // As text: "//elsewhere/" is a path here, not a host.
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const answer = await worker.fetch(new Request(url, { method: incoming.method, headers: incoming.headers, body }));
  outgoing.writeHead(answer.status, [...answer.headers].flat());
  outgoing.end(Buffer.from(await answer.arrayBuffer()));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
