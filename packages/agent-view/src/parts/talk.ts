import { type ChatLine, chatParts } from "@copane/client/agent";
import { limits } from "@copane/protocol";
import { h } from "@copane/ui";
import { button, setText } from "../dom.ts";

/** How long "Copied" stands, in milliseconds. */
const COPIED_MS = 2_000;

interface TalkOptions {
  title: string;
  label: string;
  send: string;
  hint?: string;
  say(text: string): Promise<void> | void;
  /** Lines that are often written: one is put into the field, to be looked over and sent. */
  canned?: { label: string; lines(): readonly string[] };
  /** Copies the whole conversation. */
  copy?: { label: string; done: string; language: string };
  failed(error: Error): void;
}

/** One conversation: its lines, and a field to write another. */
export class Talk {
  readonly element: HTMLElement;
  readonly #log: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #copy: HTMLButtonElement | undefined;
  #fillCanned = () => {};
  #lines: readonly ChatLine[] = [];
  #count = 0;

  constructor({ title, label, send, hint, say, canned, copy, failed }: TalkOptions) {
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
    if (canned) this.#form.append(this.#cannedList(input, canned));
    if (copy) this.#copy = this.#copyButton(copy);
    this.element = h(
      "section",
      { class: "talk", "aria-label": title },
      h("div", { class: "row apart" }, h("h2", {}, title), this.#copy),
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
    this.#lines = lines;
    this.#fillCanned();
    if (this.#copy) this.#copy.hidden = lines.length === 0;
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

  #cannedList(input: HTMLInputElement, { label, lines }: NonNullable<TalkOptions["canned"]>): HTMLElement {
    const list = h("select", { class: "canned", "aria-label": label, title: label });
    // The lines may be others each time.
    const fill = () => {
      list.replaceChildren(new Option(`${label}…`, ""), ...lines().map((line) => new Option(line)));
      list.hidden = list.options.length === 1;
    };
    list.addEventListener("focus", fill);
    list.addEventListener("pointerdown", fill);
    list.addEventListener("change", () => {
      if (list.value) input.value = list.value;
      list.value = "";
      input.focus();
    });
    this.#fillCanned = fill;
    fill();
    return list;
  }

  #copyButton({ label, done, language }: NonNullable<TalkOptions["copy"]>): HTMLButtonElement {
    const time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
    const copy = button(
      label,
      () => {
        const text = this.#lines
          .map((line) => `${time.format(line.at)} ${line.name}: ${line.text}`)
          .join("\n");
        void navigator.clipboard?.writeText(text).then(
          () => {
            setText(copy, done);
            setTimeout(() => setText(copy, label), COPIED_MS);
          },
          // Not allowed here: the lines can still be selected.
          () => {},
        );
      },
      "small",
    );
    copy.hidden = true;
    return copy;
  }
}
