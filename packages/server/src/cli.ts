#!/usr/bin/env node
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { type CopaneServer, createServer } from "./app.ts";
import { type Config, ConfigError, configKeys, hasAgents, loadConfig } from "./config/index.ts";
import { version } from "./version.ts";

/** On standard error, whatever is logged: with such a server every session waits in vain. */
const NOBODY =
  "WARNING: nobody can be an agent at this server, so no session will ever be joined.\n" +
  "         Set COPANE_JWT_SECRET or COPANE_JWKS_URL (see docs/configuration.md), or COPANE_DEV_SIGN_IN=true to try it out.\n";

/** Where data are kept when nobody says where. */
const DATA_DIR = ".copane";
/** Said instead of a folder: nothing is to outlive the server. */
const IN_MEMORY = "memory";

/** A server that does not stop by itself within this is ended. */
const STOP_MS = 10_000;

const program = new Command("copane")
  .description(
    "Copane: self-hosted co-browsing. Settings come from the environment or a file; see `copane keys`.",
  )
  .version(version);

program
  .command("serve")
  .description("start the server")
  .option("-c, --config <file>", "JSON file with settings")
  .option("--host <address>", "address to listen on")
  .option("-p, --port <port>", "port to listen on", port)
  .action(serve);

program
  .command("keys")
  .description("list every setting with its default")
  .action(() => {
    for (const { key, env, schema } of configKeys) {
      const { default: value, description } = schema as { default?: unknown; description?: string };
      process.stdout.write(`${env} (${key}), default ${JSON.stringify(value)}\n    ${description}\n`);
    }
  });

// Whoever reads no further (`copane keys | head`) has read enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

await program.parseAsync();

async function serve(options: { config?: string; host?: string; port?: number }): Promise<void> {
  const overrides: Partial<Config> = {
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
  };
  const config = readConfig(options.config, overrides);
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
    if (!hasAgents(config)) process.stderr.write(NOBODY);
    if (server.devSignInCode)
      process.stdout.write(`Development sign-in for agents: any name, code ${server.devSignInCode}\n`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    fail(code === "EADDRINUSE" ? "The port is already in use. Choose another with PORT or --port." : message);
  }
}

/**
 * The server with its data where the configuration says. Where that says nothing they are kept in a folder beside
 * which it was started, so that they outlive it; if that cannot be used, in memory.
 */
async function createSomewhere(config: Config): Promise<CopaneServer> {
  const { dataDir, databaseUrl } = config;
  if (dataDir === IN_MEMORY) return createServer({ ...config, dataDir: "" });
  if (dataDir || databaseUrl) return createServer(config);
  const folder = resolve(DATA_DIR);
  try {
    return await createServer({ ...config, dataDir: folder });
  } catch (error) {
    process.stderr.write(
      `Data cannot be kept in ${folder}: ${(error as Error).message}\n` +
        "They are in memory now and end with the server, sessions too. Set COPANE_DATA_DIR or DATABASE_URL.\n",
    );
    return createServer(config);
  }
}

function readConfig(file: string | undefined, overrides: Partial<Config>): Config {
  try {
    return loadConfig(process.env, { file, overrides });
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message);
    throw error;
  }
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError("not a port number");
  return value;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
