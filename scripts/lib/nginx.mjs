import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.mjs";

/** Finds nginx, or installs the system's package when we are root on Debian. */
export async function ensureNginx() {
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const options = { quiet: true, env: { DEBIAN_FRONTEND: "noninteractive" } };
    await run("apt-get", ["update", "-qq"], options);
    // The package would start a server of its own, on a port that may be taken.
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "nginx-light"], options);
    const installed = find();
    if (installed) return installed;
  }
  throw new Error(
    "The test of deploy/nginx needs nginx, and it could not be installed. Install it: apt install nginx",
  );
}

function find() {
  const folders = ["/usr/sbin", "/usr/local/sbin", ...(process.env.PATH ?? "").split(":").filter(Boolean)];
  return folders.map((folder) => join(folder, "nginx")).find(existsSync);
}
