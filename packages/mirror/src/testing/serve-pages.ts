import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { bundled } from "./bundle.ts";

/** Serves pages with the given bodies at `/name`, each with one of this folder's scripts behind its body. */
export async function servePages(
  script: string,
  pages: Record<string, string>,
): Promise<{ server: Server; url: string }> {
  const text = await bundled(script);
  const server = createServer((request, response) => {
    const isScript = request.url === "/script.js";
    response.setHeader("content-type", `${isScript ? "text/javascript" : "text/html"}; charset=utf-8`);
    const body = pages[request.url?.slice(1) ?? ""] ?? "";
    response.end(
      isScript
        ? text
        : `<!doctype html><html><body style="margin:0">${body}<script src="/script.js"></script></body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
