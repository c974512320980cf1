import { describe, expect, test } from "vitest";
import { createByCustomer, type SessionRecord, type SessionSettings } from "../rules/index.ts";
import type { Directory } from "./directory.ts";
import { MemoryDirectory } from "./memory-directory.ts";

const settings = { defaultLocale: "en", locales: ["en"], passphraseTtlMs: 1 } as unknown as SessionSettings;

function session(id: string, passphrase: string): SessionRecord {
  return createByCustomer({ id, passphrase, name: "Ada", locale: undefined, now: 0 }, settings);
}
const without = ({ passphrase: _, ...rest }: SessionRecord): SessionRecord => rest;
const invitation = (key: string) => ({ key, by: 1, part: "agent" as const, silent: false, until: 1 });

/** What every directory keeps to. */
describe.each<[string, () => Directory]>([["memory", () => new MemoryDirectory()]])(
  "the directory in %s",
  (_where, make) => {
    test("gives a key to one session at a time", async () => {
      const directory = make();
      expect(await directory.claim("passphrase", "11111111", "a")).toBe(true);
      expect(await directory.claim("passphrase", "11111111", "b")).toBe(false);
      expect(await directory.find("passphrase", "11111111")).toBe("a");
      await directory.release("passphrase", "11111111");
      expect(await directory.claim("passphrase", "11111111", "b")).toBe(true);
    });

    test("takes a passphrase and an invitation of the same digits for two things", async () => {
      const directory = make();
      expect(await directory.claim("passphrase", "11111111", "a")).toBe(true);
      expect(await directory.claim("invitation", "11111111", "b")).toBe(true);
      expect(await directory.find("invitation", "11111111")).toBe("b");
    });

    test("forgets the keys that a session does not have any more", async () => {
      const directory = make();
      await directory.claim("passphrase", "11111111", "a");
      for (const key of ["1", "2"]) await directory.claim("invitation", key, "a");
      const record = { ...session("a", "11111111"), invites: [invitation("1"), invitation("2")] };
      directory.put(record);
      directory.put({ ...without(record), invites: record.invites.slice(1) });
      expect(await directory.find("passphrase", "11111111")).toBeUndefined();
      expect(await directory.find("invitation", "1")).toBeUndefined();
      expect(await directory.find("invitation", "2")).toBe("a");
    });

    test("knows seats by their token's hash, as long as the session is there", async () => {
      const directory = make();
      directory.put(session("a", "11111111"));
      await directory.addSeat("hash", { sessionId: "a", number: 0 });
      await directory.addSeat("other", { sessionId: "a", number: 1 });
      expect(await directory.seat("hash")).toEqual({ sessionId: "a", number: 0 });
      directory.remove("a");
      expect([await directory.seat("hash"), await directory.seat("other")]).toEqual([undefined, undefined]);
      expect(await directory.find("passphrase", "11111111")).toBeUndefined();
    });

    test("lists the sessions that go on", async () => {
      const directory = make();
      directory.put(session("a", "11111111"));
      directory.put({ ...session("b", "22222222"), closed: { code: "cancelled", text: "" } });
      expect((await directory.live()).map(({ id }) => id)).toEqual(["a"]);
    });
  },
);
