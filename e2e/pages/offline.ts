import { readFileSync } from "node:fs";
import { html } from "../support/http.ts";

/** A page of a package with its CDN addresses turned into local ones; what else it loads from elsewhere goes. */
export function offline(file: string, local: Record<string, string> = {}): { type: string; body: string } {
  let text = readFileSync(file, "utf8");
  for (const [address, path] of Object.entries(local)) text = text.replaceAll(address, path);
  return html(
    text
      .replace(/<script[^>]+src="https?:\/\/[^>]*><\/script>/g, "")
      .replace(/<link[^>]+href="https?:\/\/[^>]*>/g, "")
      .replace(/(<(?:img|iframe|video|source)[^>]*?)\s(?:data-)?src="https?:\/\/[^"]*"/g, "$1"),
  );
}

/** A style sheet of a package without the pictures and fonts that it loads from elsewhere. */
export function offlineCss(file: string): { type: string; body: string } {
  const text = readFileSync(file, "utf8").replace(/url\("?https?:\/\/[^)]*\)/g, "none");
  return { type: "text/css; charset=utf-8", body: text };
}
