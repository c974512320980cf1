import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript" };
const here = fileURLToPath(new URL("../", import.meta.url));

/**
 * Serves an example on a port of this machine. In its pages `%COPANE%` stands for the Copane server's address.
 * @param {string} name its folder
 * @param {string} copane the Copane server's address
 * @param {number} [port] a free one by default
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serveExample(name, copane, port = 0) {
  const folder = join(here, name);
  /** What the example's own server answers, where it has one. */
  const own = existsSync(join(folder, "server.mjs"))
    ? await import(new URL(`../${name}/server.mjs`, import.meta.url).href)
    : {};
  const main = ["main.tsx", "main.ts"].map((file) => join(folder, file)).find(existsSync);
  const script = main && (await bundle(main));
  const server = createServer(async (request, response) => {
    try {
      const { pathname } = new URL(request.url ?? "/", "http://local");
      const route = own.routes?.[`${request.method} ${pathname}`];
      if (route) return await route(request, response, { copane });
      if (pathname === "/main.js" && script)
        return response.writeHead(200, { "content-type": types[".js"] }).end(script);
      const file = normalize(pathname.endsWith("/") ? `${pathname}index.html` : pathname).slice(1);
      if (!(extname(file) in types)) return response.writeHead(404).end();
      const text = await readFile(join(folder, file), "utf8");
      const page = { text: text.replaceAll("%COPANE%", copane), headers: {} };
      own.page?.(page, { copane });
      response.writeHead(200, { "content-type": types[extname(file)], ...page.headers }).end(page.text);
    } catch (error) {
      if (error.code !== "ENOENT") console.error(error);
      if (!response.headersSent) response.writeHead(error.code === "ENOENT" ? 404 : 500);
      response.end();
    }
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A project of your own has a bundler; here it is esbuild, on the packages' sources. */
async function bundle(main) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [main],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    conditions: ["copane-source"],
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
    },
    logLevel: "warning",
  });
  return outputFiles[0].text;
}
