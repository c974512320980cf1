import { readdirSync } from "node:fs";
import { type EndCode, errorCatalogue } from "@copane/protocol";
import { endText } from "@copane/ui";
import { loadSharedWords } from "@copane/ui/locales";
import { describe, expect, test } from "vitest";

/** Every code of an end that a participant can be told: a new one in the protocol fails to compile here. */
const ends = {
  not_joined: true,
  inactive_timeout: true,
  session_timeout: true,
  customer_left: true,
  agent_left: true,
  connection_lost: true,
  cancelled: true,
  server_shutdown: true,
  left: true,
  continued_elsewhere: true,
} satisfies Record<EndCode, true>;

const folder = new URL("../../ui/src/locales/", import.meta.url);
const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(languages.map(({ name }) => name))("the words in %s", (language) => {
  test("are there for every error, and no other", async () => {
    const words = await loadSharedWords(language);
    expect(Object.keys(words.errors ?? {}).sort()).toEqual(Object.keys(errorCatalogue).sort());
  });

  test("are there for every end, and for whoever ended it", async () => {
    const words = await loadSharedWords(language);
    const codes = Object.keys(words.ends ?? {});
    expect(codes).toEqual(expect.arrayContaining(Object.keys(ends)));
    const known = Object.keys(ends)
      .flatMap((code) => [code, `${code}_you`, `${code}_customer`, `${code}_agent`])
      .concat("given");
    for (const code of codes) expect(known).toContain(code);
  });
});

test("who ended a session is told so, and not that somebody else did", async () => {
  const { ends } = await loadSharedWords("de");
  const reason = {
    code: "customer_left",
    text: "The customer ended the session.",
    by: "customer",
    number: 0,
  };
  expect(endText(reason, 0, ends)).toBe("Sie haben die Sitzung beendet.");
  expect(endText(reason, 1, ends)).toBe("Der Kunde hat die Sitzung beendet.");
  expect(endText(reason, 1, undefined)).toBe("The customer ended the session.");
  expect(endText({ ...reason, given: "Danke" }, 1, ends)).toBe("Der Kunde hat die Sitzung beendet. „Danke“");
});

test("whose connection was lost is said", async () => {
  const { ends } = await loadSharedWords("de");
  const reason = { code: "connection_lost", text: "", by: "agent", number: 2 };
  expect(endText(reason, 2, ends)).toContain("Ihre Verbindung");
  expect(endText(reason, 0, ends)).toContain("des Mitarbeiters");
  expect(endText({ code: "connection_lost", text: "" }, 0, ends)).toContain("eine Verbindung");
});
