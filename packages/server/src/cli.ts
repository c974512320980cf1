#!/usr/bin/env node
import { Command } from "commander";
import { checkCommand } from "./cli/check.ts";
import { keysCommand } from "./cli/keys.ts";
import { serveCommand } from "./cli/serve.ts";
import { simulateCommand } from "./cli/simulate.ts";
import { tokenCommand } from "./cli/token.ts";
import { version } from "./version.ts";

const program = new Command("copane")
  .description(
    "Copane: self-hosted co-browsing. Settings come from the environment or a file; see `copane keys`.",
  )
  .version(version);
for (const command of [serveCommand, checkCommand, tokenCommand, keysCommand, simulateCommand])
  program.addCommand(command());

// Whoever reads no further (`copane keys | head`) has read enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

await program.parseAsync();
