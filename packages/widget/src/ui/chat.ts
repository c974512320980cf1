import { type ChatLine, chatParts, limits } from "@copane/protocol";
import { fill, type Messages } from "../messages/index.ts";
import { h } from "./dom.ts";

/**
 * The chat with the agents. It keeps its own elements: what the panel beside it draws anew must not take the
 * focus from who is writing.
 */
export class ChatBox {
  readonly element: HTMLElement;
  readonly #say: (text: string) => void;
  #open = false;
  #read = 0;
  #lines: readonly ChatLine[] = [];
  #text: Messages | undefined;
  #toggle: HTMLElement | undefined;
  #log: HTMLElement | undefined;

  constructor(say: (text: string) => void) {
    this.#say = say;
    this.element = h("section", { class: "chat", hidden: true });
  }

  /** Shows the chat while there is somebody to write to. */
  show(on: boolean, text: Messages): void {
    this.element.hidden = !on;
    if (text === this.#text) return;
    this.#text = text;
    this.#build(text);
    this.#draw();
  }

  set lines(lines: readonly ChatLine[]) {
    if (lines.length === 0) this.#read = 0;
    this.#lines = lines;
    this.#draw();
  }

  /** Opens or closes the lines; the button stays. */
  #setOpen(open: boolean): void {
    this.#open = open;
    this.#draw();
    if (open) this.element.querySelector("input")?.focus();
  }

  #build(text: Messages): void {
    const input = h("input", {
      name: "line",
      autocomplete: "off",
      maxlength: String(limits.chatLength),
      "aria-label": text.message,
    }) as HTMLInputElement;
    const send = (event: Event) => {
      event.preventDefault();
      this.#say(input.value);
      input.value = "";
    };
    this.#toggle = h("button", {
      type: "button",
      class: "toggle",
      "aria-expanded": "false",
      onclick: () => this.#setOpen(!this.#open),
    });
    this.#log = h("div", { class: "log", role: "log", "aria-label": text.chat, tabindex: "0" });
    this.element.setAttribute("aria-label", text.chat);
    this.element.replaceChildren(
      this.#toggle,
      h(
        "div",
        { class: "talk", hidden: true },
        this.#log,
        h("form", { onsubmit: send }, input, h("button", { type: "submit", class: "primary" }, text.send)),
      ),
    );
  }

  #draw(): void {
    const text = this.#text;
    const toggle = this.#toggle;
    const log = this.#log;
    if (!text || !toggle || !log) return;
    if (this.#open) this.#read = this.#lines.length;
    const unread = Math.max(0, this.#lines.length - this.#read);
    toggle.textContent = unread ? fill(text.chatUnread, { count: unread }) : text.chat;
    toggle.setAttribute("aria-expanded", String(this.#open));
    (toggle.nextElementSibling as HTMLElement).hidden = !this.#open;
    const known = new Set([...log.children].map((line) => (line as HTMLElement).dataset.id));
    // Added one by one, so that a screen reader reads what is new.
    for (const line of this.#lines) if (!known.has(line.id)) log.append(this.#line(line, text));
    const wanted = new Set(this.#lines.map(({ id }) => id));
    for (const line of [...log.children] as HTMLElement[])
      if (!wanted.has(line.dataset.id ?? "")) line.remove();
    log.scrollTop = log.scrollHeight;
  }

  #line({ id, by, name, text }: ChatLine, words: Messages): HTMLElement {
    const parts = chatParts(text).map(({ text: part, href }) =>
      href ? h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, part) : part,
    );
    const line = h(
      "p",
      { class: by === 0 ? "own" : "" },
      h("b", {}, by === 0 ? words.you : name),
      " ",
      ...parts,
    );
    line.dataset.id = id;
    return line;
  }
}
