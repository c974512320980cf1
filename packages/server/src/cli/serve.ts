import { Command } from "commander";
import type { CopaneServer } from "../app.ts";
import { type Config, dataPlace, hasAgents, noAgents } from "../config/index.ts";
import { version } from "../version.ts";
import { fail, readSettings, type SettingsOptions, withSettings } from "./settings.ts";

/** A server that does not stop by itself within this is ended. */
const STOP_MS = 10_000;

export function serveCommand(): Command {
  return withSettings(new Command("serve").description("start the server")).action(serve);
}

async function serve(options: SettingsOptions): Promise<void> {
  const config = readSettings(options);
  const server = await createSomewhere(config).catch((error: Error) => fail(error.message));
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    const address = await server.listen();
    process.stdout.write(`Copane ${version} listens on ${address}\n`);
    // On standard error, whatever is logged.
    if (!hasAgents(config)) process.stderr.write(`WARNING: ${noAgents.text}\n         ${noAgents.mend}\n`);
    if (server.devSignInCode)
      process.stdout.write(`Development sign-in for agents: any name, code ${server.devSignInCode}\n`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    fail(code === "EADDRINUSE" ? "The port is already in use. Choose another with PORT or --port." : message);
  }
}

/** The server with its data where they belong; in memory, if the folder that nobody named cannot be used. */
async function createSomewhere(config: Config): Promise<CopaneServer> {
  // Commands that start no server need not wait until one is loaded.
  const { createServer } = await import("../app.ts");
  const place = dataPlace(config);
  if (place.kind === "memory") return createServer({ ...config, dataDir: "" });
  if (place.kind === "postgresql" || place.named) return createServer(config);
  try {
    return await createServer({ ...config, dataDir: place.folder });
  } catch (error) {
    process.stderr.write(
      `Data cannot be kept in ${place.folder}: ${(error as Error).message}\n` +
        "They are in memory now and end with the server, sessions too. Set COPANE_DATA_DIR or DATABASE_URL.\n",
    );
    return createServer(config);
  }
}
