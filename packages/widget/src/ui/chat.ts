import { type ChatLine, chatParts } from "@copane/client/chat";
import * as limits from "@copane/protocol/limits";
import { fill, h } from "@copane/ui";
import { chat as english } from "../locales/en/chat.ts";
import type { Messages } from "../locales/messages.ts";

/** Where it is kept what was read. */
const READ = "copane.read";

/**
 * The chat with the agents. It keeps its own elements: what the panel beside it draws anew must not take the
 * focus from who is writing.
 */
export class ChatBox {
  readonly #say: (text: string) => void;
  readonly #toggle: HTMLElement;
  readonly #label: HTMLElement;
  readonly #talk = h("div", { class: "talk", hidden: true });
  #open = false;
  /** The last line that was seen, in this page or one before. */
  #read = readBefore();
  #lines: readonly ChatLine[] = [];
  #text: Messages | undefined;
  #log: HTMLElement | undefined;

  /** Lives in `place`, behind the button that is there and its label. */
  constructor(place: HTMLElement, toggle: HTMLElement, label: HTMLElement, say: (text: string) => void) {
    this.#say = say;
    this.#label = label;
    this.#toggle = toggle;
    place.append(this.#talk);
  }

  set lines(lines: readonly ChatLine[]) {
    this.#lines = lines;
    this.#draw();
  }

  /** Opens or closes the lines; the button stays. */
  toggle(open = !this.#open): void {
    this.#open = open;
    this.#draw();
    if (this.#open) this.#talk.querySelector("input")?.focus();
  }

  /** Says all in this language from now on. */
  setWords(text: Messages): void {
    this.#text = text;
    const words = wordsOf(text);
    const input = h("input", {
      name: "line",
      autocomplete: "off",
      maxlength: String(limits.chatLength),
      "aria-label": words.message,
    }) as HTMLInputElement;
    const send = (event: Event) => {
      event.preventDefault();
      this.#say(input.value);
      input.value = "";
    };
    this.#log = h("div", { class: "log", role: "log", "aria-label": text.chatTitle, tabindex: "0" });
    this.#talk.replaceChildren(
      this.#log,
      h("form", { onsubmit: send }, input, h("button", { type: "submit", class: "primary" }, words.send)),
    );
    this.#draw();
  }

  #draw(): void {
    const text = this.#text;
    const toggle = this.#toggle;
    const log = this.#log;
    if (!text || !log) return;
    const last = this.#lines.at(-1)?.id;
    if (this.#open && last !== undefined && last !== this.#read) {
      this.#read = last;
      keepRead(last);
    }
    const unread = this.#lines.length - 1 - this.#lines.findLastIndex(({ id }) => id === this.#read);
    this.#label.textContent = unread ? fill(wordsOf(text).chatUnread, { count: unread }) : text.chatTitle;
    toggle.classList.toggle("unread", unread > 0);
    toggle.setAttribute("aria-expanded", String(this.#open));
    this.#talk.hidden = !this.#open;
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
      h("b", {}, by === 0 ? wordsOf(words).you : name),
      " ",
      ...parts,
    );
    line.dataset.id = id;
    return line;
  }
}

/** The page may be in a place where nothing can be kept: then all lines are new in the next one. */
function readBefore(): string {
  try {
    return sessionStorage.getItem(READ) ?? "";
  } catch {
    return "";
  }
}

function keepRead(id: string): void {
  try {
    sessionStorage.setItem(READ, id);
  } catch {}
}

function wordsOf(text: Messages): typeof english {
  return { ...english, ...text.chat };
}
