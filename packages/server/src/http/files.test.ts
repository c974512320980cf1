import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";
import { stores, type TestStore } from "../store/testing.ts";

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

describe("scripts of a version", () => {
  const [first, second] = ["aaaaaaaaaaaa", "bbbbbbbbbbbb"];
  const folders: string[] = [];
  let store: TestStore;

  /** As a build leaves them. */
  function built(version: string): string {
    const sdkDir = mkdtempSync(join(tmpdir(), "copane-built-"));
    folders.push(sdkDir);
    mkdirSync(join(sdkDir, version));
    writeFileSync(join(sdkDir, "copane.json"), JSON.stringify({ version }));
    writeFileSync(join(sdkDir, "copane.js"), `loader of ${version}`);
    writeFileSync(join(sdkDir, version, "copane-chat.js"), `chat of ${version}`);
    return sdkDir;
  }
  const start = (sdkDir: string, more = {}) =>
    createServer(
      loadConfig(
        {},
        { overrides: { port: 0, logLevel: "silent" as const, ...store.config, sdkDir, ...more } },
      ),
    );

  beforeAll(async () => {
    store = await stores[0][1]();
  });
  afterAll(async () => {
    await store.drop();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  test("have addresses that mean the same for ever, and those without a version soon mean the next", async () => {
    const { app, close } = await start(built(first));
    const answers = await Promise.all(
      [`${first}/copane-chat.js`, "copane-chat.js", "copane.js", "copane.json"].map((name) =>
        app.inject(`/sdk/${name}`),
      ),
    );
    expect(answers.map(({ body }) => body)).toEqual([
      `chat of ${first}`,
      `chat of ${first}`,
      `loader of ${first}`,
      `{"version":"${first}"}`,
    ]);
    const caching = answers.map(({ headers }) => headers["cache-control"]);
    const soon = "public, max-age=300";
    expect(caching).toEqual(["public, max-age=31536000, immutable", soon, soon, soon]);
    await close();
  });

  test("stay served after an upgrade, as long as they are among the last", async () => {
    const upgraded = await start(built(second));
    const ask = (version: string, name = "copane-chat.js", encoding = "identity") =>
      upgraded.app.inject({
        url: `/sdk/${version}/${name}`,
        headers: { "accept-encoding": encoding, origin: "https://site.example" },
      });
    // A page asks for several at once.
    const [old, beside] = await Promise.all([ask(first), ask(first)]);
    expect(beside.body).toBe(old.body);
    expect(old.body).toBe(`chat of ${first}`);
    expect(old.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(old.headers["content-type"]).toMatch(/javascript/);
    expect(old.headers["access-control-allow-origin"]).toBe("*");
    const squeezed = await ask(first, "copane-chat.js", "gzip");
    expect(squeezed.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(squeezed.rawPayload).toString()).toBe(old.body);
    expect((await ask(second)).body).toBe(`chat of ${second}`);
    expect((await ask(first, "none.js")).statusCode).toBe(404);
    expect((await ask("cccccccccccc")).statusCode).toBe(404);
    await upgraded.close();

    const forgetful = await start(built("dddddddddddd"), { keptVersions: 2 });
    expect((await forgetful.app.inject(`/sdk/${second}/copane-chat.js`)).statusCode).toBe(200);
    expect((await forgetful.app.inject(`/sdk/${first}/copane-chat.js`)).statusCode).toBe(404);
    await forgetful.close();
  });
});
