import "./lib/node-version.mjs";
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { build } from "./build.mjs";
import { installPackages } from "./lib/install.mjs";
import { root } from "./lib/run.mjs";

const host = process.env.HOST || "127.0.0.1";
const port = Number(process.env.PORT || 8080);

async function main() {
  await assertPortIsFree();
  await installPackages();
  await build({ all: false });
  const code = process.env.COPANE_DEV_SIGN_IN_CODE || String(randomInt(100_000, 1_000_000));
  const server = spawn(process.execPath, [`${root}packages/server/dist/cli.js`, "serve"], {
    cwd: root,
    stdio: "inherit",
    env: {
      COPANE_LOG_LEVEL: "warn",
      COPANE_SAMPLE_DIR: `${root}apps/sample/site`,
      COPANE_CUSTOMER_PAGE: `http://${host}:${port}/sample/`,
      COPANE_DEV_SIGN_IN: "true",
      COPANE_DATA_DIR: `${root}.copane`,
      ...process.env,
      HOST: host,
      PORT: String(port),
      COPANE_DEV_SIGN_IN_CODE: code,
    },
  });
  // A terminal sends Ctrl+C to the server as well; a supervisor signals only this process.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
  server.on("exit", (status, signal) => process.exit(signal ? 0 : (status ?? 1)));
  server.on("error", (error) => fail(`The server could not be started: ${error.message}`));
  await ready(server);
  console.log(greeting(code));
}

/** Asks before the long steps, so that nobody waits for a build in vain. */
function assertPortIsFree() {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    fail(`PORT must be a number from 0 to 65535, not ${process.env.PORT}.`);
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => {
      const reason = /** @type {NodeJS.ErrnoException} */ (error).code;
      if (reason === "EADDRINUSE")
        fail(
          `Port ${port} on ${host} is in use. Stop the other program or choose another port: PORT=8081 npm start`,
        );
      fail(`Cannot listen on ${host}:${port}: ${error.message}`);
    });
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

async function ready(server) {
  for (let tries = 0; tries < 600 && server.exitCode === null; tries++) {
    const answer = await fetch(`${address()}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (server.exitCode === null) {
    server.kill();
    fail("The server did not become ready within 60 seconds; its messages are above.");
  }
}

function address() {
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function greeting(code) {
  return `
  Copane is running.

    Customer page   ${address()}/sample/
    Agent desk      ${address()}/desk/

  Sign in at the desk with any name and the code ${code}.
  Then start co-browsing on the customer page and give the agent the key it shows.
  Stop with Ctrl+C.
`;
}

/** @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}

main().catch((error) => fail(error instanceof Error ? error.message : String(error)));
