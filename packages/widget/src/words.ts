import type { WidgetContext } from "./config.ts";
import { panel } from "./locales/en/panel.ts";
import type { Messages, TranslatedMessages } from "./locales/messages.ts";

const english: Messages = { language: "en", ...panel };

/** What the widget says, in the languages that were called for. */
export class Words {
  readonly #context: Pick<WidgetContext, "fetch"> & { config: Pick<WidgetContext["config"], "words"> };
  readonly #changed: () => void;
  readonly #known = new Map<string, Messages>([["en", english]]);

  /** What was given last, and what it was made of: the same words are one object, by which others see a change. */
  #given: { known?: Messages; own?: object | undefined; made: Messages } = { made: english };

  /** @param context has the site's own words, and fetches ours */
  constructor(
    context: Pick<WidgetContext, "fetch"> & { config: Pick<WidgetContext["config"], "words"> },
    changed: () => void,
  ) {
    this.#context = context;
    this.#changed = changed;
  }

  /** The words in one of `languages`, the site's own before ours: English until they are there. */
  in(language: string): Messages {
    const known = this.#known.get(language) ?? english;
    if (!this.#known.has(language)) void this.load(language).then(this.#changed);
    const own = this.#context.config.words?.[language];
    if (known !== this.#given.known || own !== this.#given.own) {
      const made = own ? ({ ...known, ...own } as Messages) : known;
      for (const [name, group] of Object.entries(own ?? {}))
        if (typeof group === "object")
          Object.assign(made, { [name]: { ...(known[name as keyof Messages] as object), ...group } });
      this.#given = { known, own, made };
    }
    return this.#given.made;
  }

  /** Fetches the words in one of them, if they are missing. Never rejects: English stands in. */
  async load(language: string): Promise<void> {
    if (this.#known.has(language)) return;
    this.#known.set(language, english);
    try {
      const script = (await this.#context.fetch(language)) as { messages: TranslatedMessages };
      this.#known.set(language, { ...english, ...script.messages });
    } catch (error) {
      console.warn("copane: a language could not be loaded", error);
    }
  }
}
