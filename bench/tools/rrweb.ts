import { readFileSync } from "node:fs";
import { packageFolder } from "@copane/e2e";
import { deflatedBytes } from "../measure/deflated.ts";
import { relayed } from "./relayed.ts";
import type { Tool } from "./types.ts";

/** `@rrweb/record` on the page, and `@rrweb/replay` in live mode. */
export function rrweb(): Promise<Tool> {
  const style = readFileSync(`${packageFolder("@rrweb/replay")}/dist/style.css`, "utf8");
  return relayed({
    name: "rrweb",
    style: `${style}
iframe { border: 0; display: block } .replayer-mouse, .replayer-mouse-tail { display: none }`,
    deflated: deflatedBytes,
  });
}
