import type { SitePolicy } from "@copane/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../config/index.ts";
import { type Database, openDatabase } from "../store/index.ts";
import { stores, type TestStore } from "../store/testing.ts";
import { liveSettings, Policies } from "./index.ts";
import { isSelector } from "./selector.ts";
import { parsePolicy } from "./validate.ts";

const log = { warn: () => {} };
const config = loadConfig({});

function policy(change: (policy: SitePolicy) => unknown = () => {}): SitePolicy {
  const document: SitePolicy = {
    privacy: { mask: [".balance"], block: ["#pay"], hide: [], removeIds: ["chat"] },
    controlLevel: "full",
    timeouts: {
      passphraseTtlMs: 600_000,
      agentIdleMs: 120_000,
      customerIdleMs: 600_000,
      idleWarningMs: 60_000,
      sessionTimeoutMs: 7_200_000,
    },
    languages: { offered: ["en", "de"], default: "en" },
    consent: ["view", "control"],
    consentText: { en: "An agent will see this page." },
    silentObservers: false,
    proposals: true,
    retentionDays: 90,
  };
  change(document);
  return document;
}

describe("a policy", () => {
  test("that is whole is taken as it is", () => {
    expect(parsePolicy(policy())).toEqual(policy());
  });

  test.each<[string, string, unknown]>([
    ["privacy.unmask", "a list of exceptions", policy((p) => Object.assign(p.privacy, { unmask: ["#pw"] }))],
    [
      "privacy.show",
      "whatever it is called",
      policy((p) => Object.assign(p.privacy, { show: ["[type=password]"] })),
    ],
    ["maskPasswords", "a switch", { ...policy(), maskPasswords: false }],
    [
      "privacy.automatic.passwords",
      "a switch below",
      policy((p) => Object.assign(p.privacy, { automatic: { passwords: false } })),
    ],
    ["unmaskSelectors", "at the top", { ...policy(), unmaskSelectors: [] }],
  ])("that would unmask a password is refused at %s: %s", (field, _what, document) => {
    expect(() => parsePolicy(document)).toThrow(expect.objectContaining({ name: "POLICY_UNSAFE", field }));
  });

  test.each<[string, unknown]>([
    ["policy", "text"],
    ["policy", null],
    ["privacy", {}],
    ["colour", { ...policy(), colour: "red" }],
    ["privacy.mask.1", policy((p) => p.privacy.mask.push("a["))],
    ["privacy.block.1", policy((p) => p.privacy.block.push("p::before"))],
    ["privacy.mask", policy((p) => Object.assign(p.privacy, { mask: ".balance" }))],
    ["controlLevel", { ...policy(), controlLevel: "everything" }],
    ["timeouts.agentIdleMs", policy((p) => Object.assign(p.timeouts, { agentIdleMs: 1 }))],
    ["timeouts.idleWarningMs", policy((p) => Object.assign(p.timeouts, { idleWarningMs: 120_000 }))],
    ["languages.default", policy((p) => Object.assign(p.languages, { default: "fr" }))],
    ["languages.offered", policy((p) => Object.assign(p.languages, { offered: [] }))],
    ["consent", (({ consent: _, ...rest }) => rest)(policy())],
    ["consent", { ...policy(), consent: "view" }],
    ["consent", { ...policy(), consent: ["view", "view"] }],
    ["consent.1", { ...policy(), consent: ["view", "everything"] }],
    ["silentObservers", { ...policy(), silentObservers: "yes" }],
    ["proposals", { ...policy(), proposals: 1 }],
    ["retentionDays", { ...policy(), retentionDays: -1 }],
  ])("that is malformed is refused at %s", (field, document) => {
    expect(() => parsePolicy(document)).toThrow(expect.objectContaining({ name: "INVALID_FIELD", field }));
  });
});

test.each([
  ["#account .balance > td:nth-child(2)", true],
  ["input[name^='card' i], .secret:not(.shown)", true],
  ["div:has(> .iban)", true],
  ["", false],
  ["..", false],
  ["p:hover(x)", false],
  ["p:unheard-of", false],
  [":is(p:unheard-of)", false],
  ["a[b!=c]", false],
  ["p::before", false],
])("the selector %j is usable everywhere: %s", (selector, usable) => {
  expect(isSelector(selector)).toBe(usable);
});

describe.each(stores)("policies on the %s store", (_name, make) => {
  let store: TestStore;
  let database: Database;
  beforeAll(async () => {
    store = await make();
    database = await openDatabase(store.config);
  });
  afterAll(async () => {
    await database.close();
    await store.drop();
  });

  test("the configuration holds until somebody stores one; then that, at once and after a restart", async () => {
    const policies = new Policies(database, config, log);
    await policies.open();
    const settings = liveSettings(config, policies);
    expect(policies.current).toMatchObject({ version: 0, author: null, policy: { controlLevel: "full" } });
    expect(settings.agentIdleMs).toBe(120_000);
    const told: SitePolicy[] = [];
    policies.onChange((one) => told.push(one));
    const changed = policy((p) => Object.assign(p.timeouts, { agentIdleMs: 300_000 }));
    const saved = await policies.save(changed, 0, "lin");
    expect(saved).toMatchObject({ author: "lin", policy: changed });
    expect(told).toEqual([changed]);
    expect(settings.agentIdleMs).toBe(300_000);
    expect(settings.consent).toEqual(["view", "control"]);
    policies.close();
    const later = new Policies(database, config, log);
    await later.open();
    expect(later.current).toEqual(saved);
    later.close();
  });

  test("of two who change it at once, the second is told", async () => {
    const policies = new Policies(database, config, log);
    await policies.open();
    const { version } = policies.current;
    await policies.save({ ...policy(), retentionDays: 1 }, version, "lin");
    await expect(policies.save({ ...policy(), retentionDays: 2 }, version, "kim")).rejects.toMatchObject({
      name: "POLICY_CHANGED",
    });
    expect(policies.policy.retentionDays).toBe(1);
    expect(await policies.version(version + 1)).toEqual(policies.current);
    expect((await policies.version(0)).policy.retentionDays).toBe(365);
    await expect(policies.version(version + 2)).rejects.toMatchObject({ name: "NOT_FOUND" });
    expect((await policies.history())[0]).toMatchObject({ author: "lin" });
    policies.close();
  });

  test("one that an earlier release stored holds, and the configuration where it says nothing", async () => {
    const { consent: _c, silentObservers: _s, proposals: _p, ...earlier } = policy();
    await database.query("insert into policies (document, author, at) values ($1::text::jsonb, $2, $3)", [
      JSON.stringify({ ...earlier, retentionDays: 7 }),
      "lin",
      new Date(),
    ]);
    const policies = new Policies(database, loadConfig({ COPANE_PROPOSALS: "false" }), log);
    await policies.open();
    expect(policies.policy).toMatchObject({ retentionDays: 7, consent: ["control"], proposals: false });
    policies.close();
  });

  test("a refused policy changes nothing", async () => {
    const policies = new Policies(database, config, log);
    await policies.open();
    const before = policies.current;
    await expect(policies.save({}, before.version, "lin")).rejects.toMatchObject({ name: "INVALID_FIELD" });
    expect(policies.current).toBe(before);
    policies.close();
  });
});
