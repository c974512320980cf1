import type { ChatLine } from "@copane/protocol";
import type { Messages } from "../messages/index.ts";
import type { ChatBox } from "./chat.ts";
import { h } from "./dom.ts";

/** Where the chat stands: its button, and behind it what is loaded when somebody writes. */
export class ChatSlot {
  readonly element = h("section", { class: "chat", hidden: true });
  readonly #toggle: HTMLElement;
  readonly #load: () => Promise<{ ChatBox: typeof ChatBox }>;
  readonly #say: (text: string) => void;
  #box: Promise<ChatBox> | undefined;
  #text: Messages | undefined;

  constructor(load: () => Promise<{ ChatBox: typeof ChatBox }>, say: (text: string) => void) {
    this.#load = load;
    this.#say = say;
    const toggle = () => this.#use((box) => box.toggle());
    this.#toggle = h("button", {
      type: "button",
      class: "toggle",
      "aria-expanded": "false",
      onclick: toggle,
    });
    this.element.append(this.#toggle);
  }

  /** Shows the chat while there is somebody to write to. */
  show(on: boolean, text: Messages): void {
    this.element.hidden = !on;
    if (text === this.#text) return;
    this.#text = text;
    this.#toggle.textContent = text.chat;
    this.element.setAttribute("aria-label", text.chat);
    if (this.#box) this.#use((box) => box.speak(text));
  }

  set lines(lines: readonly ChatLine[]) {
    if (this.#box || lines.length > 0)
      this.#use((box) => {
        box.lines = lines;
      });
  }

  #use(work: (box: ChatBox) => void): void {
    this.#box ??= this.#load().then(({ ChatBox: Box }) => {
      const box = new Box(this.element, this.#toggle, this.#say);
      if (this.#text) box.speak(this.#text);
      return box;
    });
    this.#box.then(work, () => {
      // The script did not come through: the next press tries again.
      this.#box = undefined;
    });
  }
}
