import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";

let folder: string;
let server: CopaneServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "copane-files-"));
  const script = "let squeezed = 1;";
  writeFileSync(join(folder, "squeezed.js"), script);
  writeFileSync(join(folder, "squeezed.js.br"), brotliCompressSync(script));
  writeFileSync(join(folder, "squeezed.js.gz"), gzipSync(script));
  writeFileSync(join(folder, "plain.js"), "let plain = 1;");
  const overrides = { port: 0, logLevel: "silent" as const, sdkDir: folder };
  server = await createServer(loadConfig({}, { overrides }));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function get(name: string, encodings?: string) {
  const headers = encodings ? { "accept-encoding": encodings } : {};
  return server.app.inject({ url: `/sdk/${name}`, headers });
}

test("a script goes compressed to whoever takes it so, and caches keep the kinds apart", async () => {
  const kinds = [
    ["gzip, deflate, br", "br", brotliDecompressSync],
    ["gzip", "gzip", gunzipSync],
    [undefined, undefined, (body: Buffer) => body],
  ] as const;
  for (const [accepted, encoding, unpack] of kinds) {
    const { statusCode, headers, rawPayload } = await get("squeezed.js", accepted);
    expect(statusCode).toBe(200);
    expect(headers["content-encoding"]).toBe(encoding);
    expect(headers["content-type"]).toMatch(/javascript/);
    expect(headers.vary).toMatch(/accept-encoding/i);
    expect(headers["cache-control"]).toBe("public, max-age=300");
    expect(unpack(rawPayload).toString()).toBe("let squeezed = 1;");
  }
});

test("a script that was not compressed goes as it is, and one that is not there is not found", async () => {
  const plain = await get("plain.js", "gzip, deflate, br");
  expect(plain.body).toBe("let plain = 1;");
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect((await get("none.js", "gzip, deflate, br")).statusCode).toBe(404);
});
