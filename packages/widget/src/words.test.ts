import { expect, test } from "vitest";
import type { CopaneWords } from "./api.ts";
import { panel } from "./locales/en/panel.ts";
import { screens } from "./locales/en/screens.ts";
import { wordsOf } from "./ui/screens.ts";
import { Words } from "./words.ts";

const fetch = async (name: string) => {
  throw new Error(`${name} is not fetched here`);
};

function words(own: Record<string, CopaneWords>) {
  return new Words({ fetch, config: { words: own } }, () => {});
}

test("a site's words stand in place of ours, and only those that it names", () => {
  const said = words({ en: { start: "Show my page", screens: { allow: "Yes, please" } } }).in("en");
  expect(said.start).toBe("Show my page");
  expect(said.pause).toBe(panel.pause);
  expect(wordsOf(said)).toMatchObject({ allow: "Yes, please", deny: screens.deny });
});

test("words of another language leave this one alone", () => {
  const both = words({ de: { pause: "Halt" } });
  expect(both.in("en").pause).toBe(panel.pause);
  expect(both.in("de")).toMatchObject({ pause: "Halt", stop: panel.stop });
});

test("the same words are the same object until the site gives others", () => {
  const config = { words: { en: { stop: "End" } } };
  const made = new Words({ fetch, config }, () => {});
  const first = made.in("en");
  expect(made.in("en")).toBe(first);
  config.words = { en: { stop: "Finish" } };
  expect(made.in("en").stop).toBe("Finish");
});
