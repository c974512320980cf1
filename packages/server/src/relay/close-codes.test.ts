import { readFileSync } from "node:fs";
import { encodeFrame, FrameType, finalCloses, limits, paths, SocketClose } from "@copane/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";
import { call, Peer } from "../testing/peer.ts";

test("docs/protocol.md lists every close code, and whether a client comes back after it", () => {
  const text = readFileSync(new URL("../../../../docs/protocol.md", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^\| (4\d{3}) \|.*\| (yes|no)[^|]*\|$/gm)];
  const documented = rows.map(([, code, again]) => [Number(code), again === "no"]);
  expect(documented.sort()).toEqual(Object.values(SocketClose).map((code) => [code, finalCloses.has(code)]));
});

describe("a customer's socket", () => {
  let server: CopaneServer;
  let customer: Peer;

  beforeEach(async () => {
    server = await createServer(loadConfig({}, { overrides: { port: 0, logLevel: "silent" } }));
    const base = await server.listen();
    const { token } = (await call(base, "POST", paths.customerRequest, { body: { name: "Ada" } })).body;
    customer = Peer.webSocket(base, "customer", token);
    await customer.message("welcome");
  });
  afterEach(() => server.close());

  test("is closed with 4413 and a reason after a frame beyond the limit", async () => {
    customer.send(encodeFrame({ type: FrameType.mirror, page: 1 }, new Uint8Array(limits.frameBytes + 100)));
    await customer.error("FRAME_TOO_LARGE");
    await customer.until(() => customer.closed === SocketClose.tooLarge);
  });

  test("is closed with 4429 after more messages than a page sends", async () => {
    for (let i = 0; i < 300; i++) customer.send('{"t":"ping"}');
    await customer.until(() => customer.closed === SocketClose.overloaded);
  });
});
