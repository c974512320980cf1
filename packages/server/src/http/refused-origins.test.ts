import { paths } from "@copane/protocol";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { OriginPolicy } from "../auth/origins.ts";
import { RequestLimit } from "../auth/request-limit.ts";
import { installSecurity } from "./security.ts";

test("the log names each origin that is not allowed once, and the setting", async () => {
  const lines: string[] = [];
  const app = Fastify({ logger: { level: "warn", stream: { write: (line: string) => lines.push(line) } } });
  const origins = new OriginPolicy(["https://www.example.com"]);
  await installSecurity(app, {
    origins,
    limit: new RequestLimit(1_000),
    frameParents: [],
    known: async () => undefined,
    signInOrigins: async () => [],
  });
  const ask = (origin: string) =>
    app.inject({ method: "GET", url: `${paths.base}/v1/nothing`, headers: { origin } });
  for (const origin of ["https://a.example", "https://b.example", "https://a.example"])
    expect((await ask(origin)).statusCode).not.toBe(404);
  await ask("https://www.example.com");
  const named = lines.map((line) => JSON.parse(line) as { origin?: string; msg: string });
  const told = named.filter(({ msg }) => msg.includes("COPANE_ALLOWED_ORIGINS"));
  expect(told.map(({ origin }) => origin)).toEqual(["https://a.example", "https://b.example"]);
  for (let i = 0; i < 300; i++) await ask(`https://site-${i}.example`);
  expect(lines.filter((line) => line.includes("COPANE_ALLOWED_ORIGINS")).length).toBeLessThanOrEqual(100);
  await app.close();
});
