import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("whoever reads no further than the first lines of a list has read enough", async () => {
  const cli = fileURLToPath(new URL("cli.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=copane-source", "--import", "tsx", cli, "keys"]);
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += data;
  });
  // As `head` does: closes what it reads from.
  child.stdout.destroy();
  const [code] = await once(child, "exit");
  expect([code, errors]).toEqual([0, ""]);
});
