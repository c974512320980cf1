import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";

/**
 * The page that SockJS clients of other sites put into an iframe, so that their requests come from the server's own
 * origin: the transports `iframe-eventsource`, `iframe-htmlfile` and `iframe-xhr-polling`. The script stands beside
 * the page and is named without a folder, so that both are found behind a proxy with a path prefix.
 */
const PAGE = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>SockJS</title><script src="iframe.js"></script></head>
<body></body></html>
`;

/**
 * The client in the page outside tells its version, and the one in the iframe refuses every other than its own. All
 * of version 1 speak the same, so that each is answered as its own; others are refused as ever. `document.domain` is
 * what SockJS's inner page (htmlfile) sets, too: old browsers let the two talk only when both have.
 */
const START = `
(function () {
  try { document.domain = document.domain; } catch (refused) { /* It is not needed then. */ }
  addEventListener("message", function (event) {
    if (event.source !== parent) return;
    try {
      var told = JSON.parse(event.data);
      var version = told.type === "s" && JSON.parse(told.data)[0];
      if (/^1\\.\\d+\\.\\d+$/.test(version)) SockJS.version = version;
    } catch (other) { /* Not a message of SockJS. */ }
  });
  SockJS.bootstrap_iframe();
})();
`;

interface File {
  type: string;
  text: string;
  etag: string;
}

/** Answers requests for the iframe's page and its script. */
export class SockJsFrame {
  readonly #page = file("text/html", PAGE);
  #script: File | undefined;

  /**
   * @param path below the endpoint's prefix, beginning with a slash
   * @returns whether it was one of ours, which is answered then
   */
  answer(path: string, request: IncomingMessage, response: ServerResponse): boolean {
    const found = this.#find(path);
    if (!found || (request.method !== "GET" && request.method !== "HEAD")) return false;
    // Who may frame the page stands in its headers: a copy must not outlive what they say.
    response.setHeader("cache-control", "no-cache");
    response.setHeader("etag", found.etag);
    if (request.headers["if-none-match"] === found.etag) {
      response.writeHead(304).end();
      return true;
    }
    response.writeHead(200, {
      "content-type": `${found.type}; charset=utf-8`,
      "content-length": Buffer.byteLength(found.text),
    });
    response.end(found.text);
    return true;
  }

  #find(path: string): File | undefined {
    if (isFramePage(path)) return this.#page;
    if (path !== "/iframe.js") return undefined;
    this.#script ??= file("text/javascript", readClient() + START);
    return this.#script;
  }
}

/** What SockJS takes for its page: clients may put a version or a time into the name. */
export function isFramePage(path: string): boolean {
  return /^\/iframe[0-9-.a-z_]*.html$/.test(path);
}

function readClient(): string {
  const path = createRequire(import.meta.url).resolve("sockjs-client/dist/sockjs.min.js");
  return readFileSync(path, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

function file(type: string, text: string): File {
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  return { type, text, etag };
}
