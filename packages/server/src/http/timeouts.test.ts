import { connect } from "node:net";
import { paths } from "@copane/protocol";
import { expect, test } from "vitest";
import { createServer, loadConfig } from "../index.ts";

/** What a server answers to a request of which only so much comes. */
function answerTo(base: string, text: string): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (data) => {
      answer += data.toString();
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

test("a request that does not come whole in its time is answered with 408 right after it", async () => {
  const server = await createServer(loadConfig({}, { overrides: { port: 0, logLevel: "silent" } }));
  const base = await server.listen();
  const http = server.app.server;
  // Node takes the longer of the two for whole requests, and the shorter for headers.
  expect([http.requestTimeout, http.headersTimeout]).toEqual([30_000, 30_000]);
  http.requestTimeout = 300;
  http.headersTimeout = 300;
  const began = Date.now();
  const answers = await Promise.all([
    answerTo(base, `POST ${paths.customerRequest} HTTP/1.1\r\nHost: x\r\n`),
    answerTo(
      base,
      `POST ${paths.customerRequest} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    ),
  ]);
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  // Node looks every 30 s unless it is told otherwise.
  expect(Date.now() - began).toBeLessThan(20_000);
  await server.close();
});

test("a connection that was used before is no way round: a second request that does not come whole is ended too", async () => {
  const server = await createServer(loadConfig({}, { overrides: { port: 0, logLevel: "silent" } }));
  const base = await server.listen();
  const http = server.app.server;
  http.requestTimeout = 300;
  http.headersTimeout = 300;
  const whole = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  const answer = await answerTo(base, `${whole}POST ${paths.customerRequest} HTTP/1.1\r\nHost: x\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 408 /);
  // Nothing is left of it.
  const open = await new Promise((resolve) => http.getConnections((_error, count) => resolve(count)));
  expect(open).toBe(0);
  await server.close();
});

test("a connection that is kept alive and silent is closed in its time", async () => {
  const server = await createServer(loadConfig({}, { overrides: { port: 0, logLevel: "silent" } }));
  const base = await server.listen();
  const http = server.app.server;
  expect(http.keepAliveTimeout).toBeLessThanOrEqual(72_000);
  http.keepAliveTimeout = 300;
  expect(await answerTo(base, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 /);
  await server.close();
});
