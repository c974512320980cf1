import type { CustomerView } from "@copane/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRedis } from "../../../../scripts/lib/redis.mjs";
import { createByCustomer, type SessionRecord } from "../rules/index.ts";
import { settings } from "../testing/settings.ts";
import { connectRedis, type Redis } from "./redis.ts";
import { SharedDirectory } from "./shared-directory.ts";

/** The keys of three servers, by a real Redis. */

let redis: Awaited<ReturnType<typeof startRedis>>;
let clients: Redis[];
/** What is stored, as all servers see it. */
const stored: SessionRecord[] = [];
beforeAll(async () => {
  redis = await startRedis();
  clients = await Promise.all([0, 1, 2].map(() => connectRedis(redis.url, { warn: () => {} })));
});
afterAll(async () => {
  for (const client of clients) await client.close();
  await redis.end();
});

const directories = () =>
  clients.map(
    (client) =>
      new SharedDirectory(client, async (value) => {
        const record = stored.find((one) => JSON.stringify(one).includes(value));
        return record && { record, seats: [] };
      }),
  );
const session = (id: string, passphrase: string, customer?: CustomerView) =>
  createByCustomer({ id, passphrase, name: "Ada", locale: undefined, now: 0, customer }, settings);

test("a key that is not used is one session's, whichever servers claim it at the same time", async () => {
  const all = directories();
  const keys = Array.from({ length: 200 }, (_, n) => String(n).padStart(8, "0"));
  const claims = keys.flatMap((digits) =>
    all.map(async (directory, n) => ({
      digits,
      id: `${n} ${digits}`,
      won: await directory.claim("passphrase", digits, `${n} ${digits}`),
    })),
  );
  const won = (await Promise.all(claims)).filter((claim) => claim.won);
  expect(won.map(({ digits }) => digits).sort()).toEqual(keys);
  for (const { digits, id } of won)
    for (const directory of all) expect(await directory.find("passphrase", digits)).toBe(id);
});

test("a key that a session has is no other's, also where Redis has lost it; a used one is free", async () => {
  const [one, two] = directories() as [SharedDirectory, SharedDirectory];
  expect(await one.claim("passphrase", "12345678", "first")).toBe(true);
  const first = session("first", "12345678");
  one.put(first);
  stored.push(first);
  expect(await two.claim("passphrase", "12345678", "second")).toBe(false);
  await (clients[0] as Redis).run("return redis.call('flushall')", "any", []);
  expect(await two.claim("passphrase", "12345678", "second")).toBe(false);
  stored.length = 0;
  one.remove("first");
  await expect.poll(() => two.claim("passphrase", "12345678", "second")).toBe(true);
});

test("a reference is one waiting session's, also where Redis has lost it, and free once an agent is in", async () => {
  const [one, two] = directories() as [SharedDirectory, SharedDirectory];
  expect(await one.claim("reference", "chat-1", "first")).toBe(true);
  const first = session("first", "11112222", { reference: "chat-1", unverified: { about: "chat-2" } });
  one.put(first);
  stored.push(first);
  expect(await two.claim("reference", "chat-1", "second")).toBe(false);
  await (clients[0] as Redis).run("return redis.call('flushall')", "any", []);
  expect(await two.find("reference", "chat-1")).toBe("first");
  expect(await two.claim("reference", "chat-1", "second")).toBe(false);
  // What stands in a session as something else is nobody's reference.
  expect(await two.find("reference", "chat-2")).toBeUndefined();
  expect(await two.claim("reference", "chat-2", "second")).toBe(true);
  const joined = { ...first, lead: 1 };
  stored.splice(0, 1, joined);
  one.put(joined);
  await expect.poll(() => two.claim("reference", "chat-1", "third")).toBe(true);
  stored.length = 0;
});
