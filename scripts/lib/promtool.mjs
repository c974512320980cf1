import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.mjs";

const kept = join(root, ".cache/prometheus");

/** Finds promtool, or takes it out of the system's package, which is not installed: it would start a server. */
export async function ensurePromtool() {
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    mkdirSync(kept, { recursive: true });
    const download = () => run("apt-get", ["download", "-qq", "prometheus"], { quiet: true, cwd: kept });
    if ((await download()).code !== 0) {
      await run("apt-get", ["update", "-qq"], { quiet: true });
      await download();
    }
    const [archive] = readdirSync(kept).filter((name) => name.endsWith(".deb"));
    if (archive) await run("dpkg-deb", ["-x", join(kept, archive), kept], { quiet: true });
    const taken = find();
    if (taken) return taken;
  }
  throw new Error("The test of deploy/prometheus needs promtool. Install it: apt install prometheus");
}

function find() {
  const folders = [...(process.env.PATH ?? "").split(":").filter(Boolean), join(kept, "usr/bin")];
  return folders.map((folder) => join(folder, "promtool")).find(existsSync);
}
