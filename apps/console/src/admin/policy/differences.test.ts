import type { SitePolicy } from "@copane/protocol";
import { expect, test } from "vitest";
import { differencesOf } from "./differences.ts";

const policy: SitePolicy = {
  privacy: { mask: [".balance"], block: [], hide: [], removeIds: [] },
  controlLevel: "full",
  timeouts: {
    passphraseTtlMs: 600_000,
    agentIdleMs: 120_000,
    customerIdleMs: 600_000,
    idleWarningMs: 60_000,
    sessionTimeoutMs: 7_200_000,
  },
  languages: { offered: ["en", "de"], default: "en" },
  consent: ["control"],
  consentText: {},
  silentObservers: false,
  proposals: true,
  retentionDays: 90,
};

test("two policies that say the same differ in nothing", () => {
  expect(differencesOf(policy, structuredClone(policy))).toEqual([]);
});

test("what differs is told in words, each setting once", () => {
  const other = structuredClone(policy);
  other.privacy.mask.push("#iban");
  other.controlLevel = "view";
  other.timeouts.sessionTimeoutMs = 60_000;
  other.consentText.de = "Wir sehen zu.";
  other.silentObservers = true;
  expect(differencesOf(policy, other)).toEqual([
    { name: "Mask", one: ".balance", other: ".balance\n#iban" },
    { name: "Highest level of control", one: "Click and type", other: "View only" },
    { name: "Observers may stay unseen", one: "no", other: "yes" },
    { name: "Longest session", one: "2:00:00", other: "01:00" },
    { name: "Words of consent in Deutsch", one: "–", other: "Wir sehen zu." },
  ]);
});
