import { expect, test } from "vitest";
import { directionOf, endText, languageFor, withEnglish } from "./words.ts";

const languages = ["ar", "de", "en", "pt-BR", "zh-CN"];

test.each([
  [["de"], "de"],
  [["de-AT"], "de"],
  [["de_CH"], "de"],
  [["PT-br"], "pt-BR"],
  [["pt"], "pt-BR"],
  [["pt-PT"], "pt-BR"],
  [["zh"], "zh-CN"],
  [["zh-SG"], "zh-CN"],
  [["zh-Hans-CN"], "zh-CN"],
  [["zh-TW"], "en"],
  [["zh-Hant-HK"], "en"],
  [["zh-TW", "de"], "de"],
  [["sv", "ar-EG"], "ar"],
  [[undefined, "", null, "de"], "de"],
  [["dew"], "en"],
  [[], "en"],
])("who wants %j is spoken to in %s", (wanted, expected) => {
  expect(languageFor(wanted, languages)).toBe(expected);
});

test("a language says which way it is written", () => {
  expect(["ar", "he", "de", "heb"].map(directionOf)).toEqual(["rtl", "rtl", "ltr", "ltr"]);
});

test("a word that is not translated is said in English, also in a group of words", () => {
  const english = { a: "A", group: { b: "B", c: "C" } };
  expect(withEnglish(english, { group: { c: "c" } })).toEqual({ a: "A", group: { b: "B", c: "c" } });
  expect(withEnglish(english, undefined)).toEqual(english);
});

test("what somebody gave as the reason stands in the language's quotation marks", () => {
  const reason = { code: "left", text: "", given: "Danke" };
  expect(endText(reason, 0, { left: "Weg.", given: "„{text}“" })).toBe("Weg. „Danke“");
  expect(endText(reason, 0, { left: "Gone." })).toBe("Gone. “Danke”");
});
