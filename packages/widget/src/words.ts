import { panel } from "./locales/en/panel.ts";
import type { Messages, TranslatedMessages } from "./locales/messages.ts";

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

  /** The words in one of `languages`: English until they are there. */
  in(language: string): Messages {
    const known = this.#known.get(language);
    if (!known) void this.load(language).then(this.#changed);
    return known ?? english;
  }

  /** Fetches the words in one of them, if they are missing. Never rejects: English stands in. */
  async load(language: string): Promise<void> {
    if (this.#known.has(language)) return;
    this.#known.set(language, english);
    try {
      const script = (await this.#fetch(language)) as { messages: TranslatedMessages };
      this.#known.set(language, { ...english, ...script.messages });
    } catch (error) {
      console.warn("copane: a language could not be loaded", error);
    }
  }
}
