import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "../scripts/build.mjs";
import { installPackages } from "../scripts/lib/install.mjs";
import { secrets } from "./lib/secrets.mjs";
import { serveExample } from "./lib/serve.mjs";

/*
 * npm run example -- NAME: a Copane server with nothing kept but in memory, and the example's site.
 */

const names = readdirSync(fileURLToPath(new URL(".", import.meta.url)), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "lib")
  .map((entry) => entry.name);
const [name = ""] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`npm run example -- NAME\nThere are: ${names.join(", ")}`);
  process.exit(1);
}
await installPackages();
await build({ all: true });
const port = (variable, usual) => Number(process.env[variable] || usual);
const { createServer, loadConfig } = await import("@copane/server");
// The site must know the server's address, and the server the site's, before either listens.
const copane = `http://127.0.0.1:${port("COPANE_PORT", 8080)}`;
const site = await serveExample(name, copane, port("PORT", 3000));
const server = await createServer(
  loadConfig(
    {},
    {
      overrides: {
        port: port("COPANE_PORT", 8080),
        logLevel: "warn",
        dataDir: "",
        allowedOrigins: ["self", site.url],
        frameParents: [site.url],
        devSignIn: true,
        jwtSecret: secrets.agents,
        identitySecret: secrets.identities,
        agentLoadsAllow: ["127.0.0.1:*"],
        ...(name === "webhook"
          ? { webhookUrls: [`${site.url}/webhook`], webhookSecret: secrets.webhooks, webhookEvents: ["*"] }
          : {}),
      },
    },
  ),
);
await server.listen();
console.log(`
  The example   ${site.url}/
  Agent desk    ${copane}/desk/   (any name, code ${server.devSignInCode})

  Ctrl+C stops both.
`);
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => Promise.all([server.close(), site.close()]).then(() => process.exit(0)));
