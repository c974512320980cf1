import { readFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

/** A web server of a test, on its own loopback origin. */
export interface Site {
  origin: string;
  close(): Promise<void>;
}

/** What a site answers: a folder for a path that ends in a slash, else a body, for all or for who has the cookie. */
export type Routes = Record<
  string,
  string | { type: string; body: string | Uint8Array; headers?: Record<string, string>; cookie?: string }
>;

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".ico": "image/x-icon",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
};

/** Listens on a free loopback port; closing also ends the connections that are still open. */
export async function listen(handler: RequestListener): Promise<Site & { server: Server }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Serves routes; the longest folder prefix wins. */
export function serveRoutes(routes: Routes): Promise<Site> {
  const folders = Object.keys(routes)
    .filter((path) => path.endsWith("/") && typeof routes[path] === "string")
    .sort((a, b) => b.length - a.length);
  return listen(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://local").pathname);
    const exact = routes[path];
    if (exact !== undefined && typeof exact !== "string") {
      if (exact.cookie && !request.headers.cookie?.includes(exact.cookie)) {
        response.writeHead(403).end();
        return;
      }
      response.writeHead(200, { "content-type": exact.type, ...exact.headers }).end(exact.body);
      return;
    }
    const prefix = folders.find((folder) => path.startsWith(folder));
    const rest = prefix === undefined ? undefined : normalize(path.slice(prefix.length) || "index.html");
    try {
      if (prefix === undefined || rest === undefined || rest.startsWith(".."))
        throw new Error("no such file");
      const body = await readFile(join(routes[prefix] as string, rest));
      response
        .writeHead(200, { "content-type": types[extname(rest)] ?? "application/octet-stream" })
        .end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
    }
  });
}

/** An HTML route. */
export function html(body: string): { type: string; body: string } {
  return { type: "text/html; charset=utf-8", body };
}
