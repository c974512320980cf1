import { type ChatLine, chatParts } from "@copane/client/agent";
import { limits } from "@copane/protocol";
import { h } from "@copane/ui";

interface TalkOptions {
  title: string;
  label: string;
  send: string;
  hint?: string;
  say(text: string): Promise<void> | void;
  failed(error: Error): void;
}

/** One conversation: its lines, and a field to write another. */
export class Talk {
  readonly element: HTMLElement;
  readonly #log: HTMLElement;
  readonly #form: HTMLFormElement;
  #count = 0;

  constructor({ title, label, send, hint, say, failed }: TalkOptions) {
    this.#log = h("div", { class: "log", role: "log", "aria-label": title, tabindex: "0" });
    const input = h("input", {
      "aria-label": label,
      placeholder: label,
      autocomplete: "off",
      maxlength: String(limits.chatLength),
    });
    const submit = async (event: Event) => {
      event.preventDefault();
      const { value } = input;
      input.value = "";
      try {
        await say(value);
      } catch (error) {
        // What did not arrive is not lost: it can be sent again.
        input.value ||= value;
        failed(error as Error);
      }
    };
    this.#form = h(
      "form",
      { onsubmit: (event) => void submit(event) },
      input,
      h("button", { type: "submit", class: "primary" }, send),
    );
    this.element = h(
      "section",
      { class: "talk", "aria-label": title },
      h("h2", {}, title),
      hint ? h("p", { class: "hint" }, hint) : undefined,
      this.#log,
      this.#form,
    );
  }

  get count(): number {
    return this.#count;
  }

  set writable(on: boolean) {
    this.#form.hidden = !on;
  }

  /** Adds the lines that do not stand there yet, one by one, so that they are read out as they come. */
  show(lines: readonly ChatLine[], you: number): void {
    this.#count = lines.length;
    const known = new Set([...this.#log.children].map((line) => (line as HTMLElement).dataset.id));
    for (const { id, by, name, text } of lines) {
      if (known.has(id)) continue;
      const parts = chatParts(text).map(({ text: part, href }) =>
        href ? h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, part) : part,
      );
      const line = h("p", { class: by === you ? "own" : "" }, h("b", {}, name), " ", ...parts);
      line.dataset.id = id;
      this.#log.append(line);
    }
    while (this.#log.childElementCount > limits.chatLines) this.#log.firstElementChild?.remove();
    this.#log.scrollTop = this.#log.scrollHeight;
  }
}
