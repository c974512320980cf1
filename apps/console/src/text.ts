import type { EndReason } from "@copane/protocol";
import {
  directionOf,
  endText,
  errorText,
  fillCounted,
  languageFor,
  languages,
  withEnglish,
} from "@copane/ui";
import { loadSharedWords, type SharedWords } from "@copane/ui/locales";
import { useSyncExternalStore } from "react";
import { scripts } from "./locales/desk.ts";
import { type DeskMessages, desk as english } from "./locales/en/desk.ts";

const KEY = "copane.language";

/** The language of the desk: one of `languages`. */
export let language = "en";

/** The desk's texts, in that language. */
export let text: DeskMessages = english;

let shared: SharedWords = {};

/** Fetches the words of a part of the desk in a language. Rejects when they do not come. */
type Fetch = (language: string) => Promise<void>;

const parts = new Set<Fetch>([
  async (next) => {
    const load = scripts[next as keyof typeof scripts];
    const [words, both] = await Promise.all([load?.(), loadSharedWords(next)]);
    text = withEnglish<DeskMessages>(english, words);
    shared = both;
  },
]);
const listeners = new Set<() => void>();

/** A part that is loaded later has words of its own: they come now, and anew with each change of the language. */
export async function speakAlso(fetch: Fetch): Promise<void> {
  parts.add(fetch);
  await fetch(language);
}

/** Says all in one of `languages` from now on. When its words do not come, nothing changes. */
async function speak(next: string): Promise<void> {
  try {
    await Promise.all([...parts].map((fetch) => fetch(next)));
    language = next;
  } catch (error) {
    console.warn("copane: a language could not be loaded", error);
  }
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  for (const listener of listeners) listener();
}

/** Says all in the language that was chosen here before, else in the first that the browser asks for. */
export function speakFirst(): Promise<void> {
  return speak(languageFor([stored(), ...navigator.languages], languages));
}

/** Changes the language, and remembers it. */
export function choose(next: string): void {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Blocked storage: it holds as long as the page.
  }
  void speak(next);
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** The language, for what has to be drawn anew when it changes. */
export function useLanguage(): string {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => language,
  );
}

/** What a language is called by those who speak it. */
export function nameOfLanguage(tag: string): string {
  const script = tag === "zh-CN" ? "zh-Hans" : tag;
  const name = new Intl.DisplayNames(tag, { type: "language" }).of(script) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/** What went wrong, in the reader's language. */
export function describeError(error: unknown): string {
  return errorText(error as Error, shared.errors);
}

/** Why a session is over for participant `you`, in the reader's language. */
export function describeEnd(reason: EndReason, you: number): string {
  return endText(reason, you, shared.ends);
}

/** A text with numbers and the plurals that they ask for. */
export function counted(text: string, values: Record<string, string | number>): string {
  return fillCounted(text, values, language);
}
