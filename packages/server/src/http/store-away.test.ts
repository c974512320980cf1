import { paths } from "@copane/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";
import { type Database, openDatabase } from "../store/index.ts";
import { stores, type TestStore } from "../store/testing.ts";
import { type Answer, call } from "../testing/peer.ts";

let store: TestStore;
let database: Database;
let server: CopaneServer;
let base: string;

beforeEach(async () => {
  store = await stores[1][1]();
  const overrides = {
    ...store.config,
    port: 0,
    logLevel: "silent" as const,
    devSignIn: true,
    devSignInCode: "123456",
  };
  server = await createServer(loadConfig({}, { overrides }));
  base = await server.listen();
  database = await openDatabase(store.config);
});
afterEach(async () => {
  await server.close();
  await database.close();
  await store.drop();
});

const get = (path: string, token: string) => call(base, "GET", path, { token });
const post = (path: string, body: object, token?: string): Promise<Answer> =>
  call(base, "POST", path, { body, ...(token ? { token } : {}) });
const signIn = async (role: string): Promise<string> =>
  (await post(paths.agentSignIn, { name: "Lin", code: "123456", role })).body.token;

/** The store as it is when somebody has taken its tables away. */
const takeAway = () => database.query("alter table sessions rename to elsewhere");
const bringBack = () => database.query("alter table elsewhere rename to sessions");

describe("a store that cannot be used", () => {
  test("a session whose beginning cannot be stored is refused, and does not exist", async () => {
    const supervisor = await signIn("supervisor");
    await takeAway();
    const answers = await Promise.all([
      post(paths.customerRequest, { name: "Ada" }),
      post(paths.agentRequest, { name: "Grace" }, await signIn("agent")),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(503);
      expect(body.error).toMatchObject({ code: 5003, name: "STORE_UNAVAILABLE" });
    }
    expect((await get(paths.agentSessions, supervisor)).body).toMatchObject({ sessions: [], total: 0 });
    expect(server.sessions.counts).toEqual({ sessions: 0, participants: 0 });
    expect((await call(base, "GET", "/readyz")).status).toBe(503);
    await bringBack();
    await expect
      .poll(() => get(`${paths.audit}/sessions?state=ended`, supervisor).then(({ body }) => body.total), {
        timeout: 20_000,
      })
      .toBe(2);
    expect((await get(`${paths.audit}/sessions`, supervisor)).body.sessions).toMatchObject([
      { outcome: "cancelled" },
      { outcome: "cancelled" },
    ]);
    expect((await call(base, "GET", "/readyz")).status).toBe(200);
  });

  test("an audit that cannot be read answers 503", async () => {
    const auditor = await signIn("auditor");
    await takeAway();
    const reads = ["sessions", "sessions/one", "sessions/one/events", "export", "reports/day"];
    for (const path of reads) {
      const { status, body } = await get(`${paths.audit}/${path}`, auditor);
      expect({ path, status, name: body.error.name }).toEqual({
        path,
        status: 503,
        name: "STORE_UNAVAILABLE",
      });
    }
    await bringBack();
    expect((await get(`${paths.audit}/sessions`, auditor)).status).toBe(200);
  });
});
