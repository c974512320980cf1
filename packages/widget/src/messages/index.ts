import { languageOf } from "@copane/ui";
import { en, type Messages } from "./en.ts";

/** Languages besides English; the script of each is fetched when it is spoken. */
const others = new Set(["de"]);

/** What the widget says, in the languages that were called for. */
export class Words {
  readonly #assets: string;
  readonly #changed: () => void;
  readonly #known = new Map<string, Messages>([["en", en]]);

  /** @param assets where the scripts are, with a `/` at the end */
  constructor(assets: string, changed: () => void) {
    this.#assets = assets;
    this.#changed = changed;
  }

  /** The words for a language tag: English where there are none, and until they are there. */
  for(locale: string): Messages {
    const known = this.#known.get(languageOf(locale));
    if (!known) void this.load(locale).then(this.#changed);
    return known ?? en;
  }

  /** Fetches the words for a language tag, if they are missing. Never rejects: English stands in. */
  async load(locale: string): Promise<void> {
    const language = languageOf(locale);
    if (this.#known.has(language)) return;
    this.#known.set(language, en);
    if (!others.has(language)) return;
    try {
      const script: { messages: Messages } = await import(`${this.#assets}copane-${language}.js`);
      this.#known.set(language, script.messages);
    } catch (error) {
      console.warn("copane: a language could not be loaded", error);
    }
  }
}

export type { Messages };
