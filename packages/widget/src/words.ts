import { languageOf } from "@copane/ui";
import { panel } from "./locales/en/panel.ts";
import { languages } from "./locales/launcher.ts";
import type { Messages } from "./locales/messages.ts";

const english: Messages = { language: "en", ...panel };

/** What the widget says, in the languages that were called for. */
export class Words {
  readonly #fetch: (name: string) => Promise<unknown>;
  readonly #changed: () => void;
  readonly #known = new Map<string, Messages>([["en", english]]);

  /** @param fetch fetches a script of ours by its name */
  constructor(fetch: (name: string) => Promise<unknown>, changed: () => void) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  /** The words for a language tag: English where there are none, and until they are there. */
  for(locale: string): Messages {
    const known = this.#known.get(languageOf(locale));
    if (!known) void this.load(locale).then(this.#changed);
    return known ?? english;
  }

  /** Fetches the words for a language tag, if they are missing. Never rejects: English stands in. */
  async load(locale: string): Promise<void> {
    const language = languageOf(locale);
    if (this.#known.has(language)) return;
    this.#known.set(language, english);
    if (!languages.includes(language)) return;
    try {
      const script = (await this.#fetch(language)) as { messages: Messages };
      this.#known.set(language, script.messages);
    } catch (error) {
      console.warn("copane: a language could not be loaded", error);
    }
  }
}
