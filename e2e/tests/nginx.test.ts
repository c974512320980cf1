import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { paths } from "@copane/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../scripts/lib/free-port.mjs";
import { ensureNginx } from "../../scripts/lib/nginx.mjs";
import { openContext } from "../support/browser.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { signInCode } from "../support/stack.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld({ trustProxy: true });
const deploy = fileURLToPath(new URL("../../deploy/nginx/", import.meta.url));
const tls = fileURLToPath(new URL("../support/tls/", import.meta.url));

let nginx: ChildProcess;
let folder: string;
let outside: string;
let inside: string;

/** The example as it is, with this test's ports, certificate and folders in place of a company's. */
async function configuration(): Promise<string> {
  const [outer, inner] = [await freePort(), await freePort()];
  outside = `https://127.0.0.1:${outer}`;
  inside = `https://127.0.0.1:${inner}`;
  const example = readFileSync(`${deploy}copane.conf`, "utf8")
    .replaceAll("server 127.0.0.1:8080", `server ${new URL(world.stack.server).host}`)
    .replace("listen 443 ssl", `listen 127.0.0.1:${outer} ssl`)
    .replace("listen 8443 ssl", `listen 127.0.0.1:${inner} ssl`)
    .replaceAll("/etc/nginx/tls/cobrowse", `${tls}test-only`)
    .replaceAll("/etc/nginx/copane/", deploy);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  types { text/html html; }
  ${temporary.join("\n  ")}
  ${example}
}`;
}

beforeAll(async () => {
  const binary = await ensureNginx();
  folder = mkdtempSync(join(tmpdir(), "copane-nginx-"));
  writeFileSync(join(folder, "nginx.conf"), await configuration());
  nginx = spawn(binary, ["-p", folder, "-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`], {
    stdio: "inherit",
  });
  await eventually("nginx", async () => {
    if (nginx.exitCode !== null) throw new Error(readFileSync(`${folder}/error.log`, "utf8"));
    return (await ask(outside, paths.serverStatus)).status === 200;
  });
}, 240_000);
afterAll(async () => {
  if (nginx?.exitCode === null) {
    nginx.kill("SIGTERM");
    await new Promise((resolve) => nginx.once("exit", resolve));
  }
  rmSync(folder, { recursive: true, force: true });
});

const agent = new Agent({ rejectUnauthorized: false });

function ask(base: string, path: string, method = "GET"): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(base + path, { agent, method }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Whether nginx kept the request to itself. */
const kept = ({ status, body }: { status: number; body: string }) =>
  status >= 403 && !body.includes('"error"') && /nginx/.test(body);

describe("through the example for nginx", () => {
  test.each(
    [
      paths.customerRequest,
      paths.customerJoin,
      paths.customerLogout,
      paths.customerStatus,
      paths.agentRequest,
      paths.agentJoin,
      paths.agentLiveJoin,
      paths.agentLogout,
      paths.agentStatus,
      paths.serverStatus,
      `${paths.customerSocket}/info`,
      `${paths.agentSocket}/info`,
      "/sdk/copane.js",
      "/desk/",
    ].map((path) => [path]),
  )("the outer server passes %s", async (path) => {
    expect(kept(await ask(outside, path))).toBe(false);
  });

  test.each(
    [
      "/",
      "/metrics",
      "/healthz",
      "/readyz",
      `${paths.audit}/sessions`,
      `${paths.audit}/export`,
      `${paths.admin}/policy`,
      paths.openapi,
      `${paths.docs}/`,
      paths.agentSignIn,
      "/sample/",
      `${paths.customerStatus}/../../audit/sessions`,
      `/services/CoBrowse//v1/audit/sessions`,
      `/sdk/..%2f${paths.audit.slice(1)}/sessions`,
    ].map((path) => [path]),
  )("and keeps %s to itself", async (path) => {
    const answer = await ask(outside, path);
    expect([403, 404]).toContain(answer.status);
    expect(answer.body).not.toContain("AGENT_AUTH");
  });

  test("static files are only read", async () => {
    expect(kept(await ask(outside, "/sdk/copane.js", "POST"))).toBe(true);
  });

  test("the inner server passes the administration too, but no metrics", async () => {
    expect((await ask(inside, `${paths.audit}/sessions`)).body).toContain("AGENT_AUTH_REQUIRED");
    expect((await ask(inside, `${paths.admin}/me`)).body).toContain("AGENT_AUTH_REQUIRED");
    expect(kept(await ask(inside, "/metrics"))).toBe(true);
  });

  test("and the API's reference, with all it is made of", async () => {
    const page = await (await openContext(world.browser, { ignoreHTTPSErrors: true })).newPage();
    await page.goto(`${inside}${paths.docs}`);
    await page.locator(".opblock-summary", { hasText: paths.customerRequest }).waitFor();
    await page.context().close();
  });

  test.each([
    ["a WebSocket", false],
    ["SockJS", true],
  ])("a whole session works over %s", async (_name, blockWebSocket) => {
    const { browser, stack } = world;
    // Sign-in by code is for development and not passed: this token is one that a company's sign-in would give.
    const signedIn = await fetch(stack.server + paths.agentSignIn, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Robin", code: signInCode }),
    });
    const { token } = (await signedIn.json()) as { token: string };
    const secure = { ignoreHTTPSErrors: true };
    const desk = await Desk.open(browser, { server: outside }, secure);
    await desk.page.goto(`${outside}/desk/?again#token=${token}`);
    await desk.page.getByLabel("Session key").waitFor();
    const customer = await Customer.open(browser, { server: outside }, `${stack.server}/sample/`, {
      ...secure,
      blockWebSocket,
    });
    await desk.joinByKey(await customer.start());
    await desk.replica.getByRole("heading", { name: "Made for weather" }).waitFor();
    await customer.page.locator(".card a").first().click();
    await eventually("the product page", () => desk.replica.locator("[data-main-image]").isVisible());
    await customer.press("Stop sharing");
    await desk.page.locator("[data-close-code=customer_left]").waitFor();
    await customer.context.close();
    await desk.close();
  });
});
