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
        const record = stored.find(({ passphrase }) => passphrase === value);
        return record && { record, seats: [] };
      }),
  );
const session = (id: string, passphrase: string) =>
  createByCustomer({ id, passphrase, name: "Ada", locale: undefined, now: 0 }, settings);

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
