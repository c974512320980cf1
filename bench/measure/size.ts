import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { bundle } from "@copane/e2e";

/** Gzipped bytes of what a customer's page loads. */
export interface Sizes {
  /** Ours on every page, before a session. */
  loader: number;
  /** Ours in a session, the loader not counted. */
  session: number;
  /** What mirrors the page, and decides what may leave: fetched beside the session's script. */
  mirror: number;
  /** Ours on request: what few pages have and what viewers ask for (files, fonts, rules), and an agent's pointer. */
  features: number;
  pointer: number;
  rrwebRecord: number;
  openReplayTracker: number;
}

export async function measureSizes(): Promise<Sizes> {
  const built = fileURLToPath(new URL("../../packages/widget/dist/browser", import.meta.url));
  const { version } = JSON.parse(await readFile(`${built}/copane.json`, "utf8"));
  const ours = (name: string) => readFile(`${built}/${version}/${name}`);
  const theirs = async (name: string) =>
    Buffer.from((await bundle(new URL(`../in-page/${name}`, import.meta.url).href, { minify: true })).body);
  return {
    loader: gzipped(await ours("copane.js")),
    session: gzipped(await ours("copane-session.js")),
    mirror: gzipped(await ours("copane-mirror.js")),
    features: gzipped(await ours("copane-features.js")),
    pointer: gzipped(await ours("copane-pointer.js")),
    rrwebRecord: gzipped(await theirs("rrweb-record.ts")),
    openReplayTracker: gzipped(await theirs("openreplay.ts")),
  };
}

function gzipped(bytes: Uint8Array): number {
  return gzipSync(bytes, { level: 9 }).length;
}
