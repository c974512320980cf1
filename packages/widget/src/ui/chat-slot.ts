import type { ChatLine } from "@copane/client/chat";
import { OnRequest } from "@copane/mirror/on-request";
import { h } from "@copane/ui";
import type { Messages } from "../messages/index.ts";
import type { ChatBox } from "./chat.ts";

/** Where the chat stands: its button, and behind it what is loaded when somebody writes. */
export class ChatSlot {
  readonly element = h("section", { class: "chat", hidden: true });
  readonly #toggle: HTMLElement;
  readonly #box: OnRequest<ChatBox>;
  #text: Messages | undefined;

  constructor(load: () => Promise<{ ChatBox: typeof ChatBox }>, say: (text: string) => void) {
    const toggle = () => this.#box.use((box) => box.toggle());
    this.#toggle = h("button", {
      type: "button",
      class: "toggle",
      "aria-expanded": "false",
      onclick: toggle,
    });
    this.#box = new OnRequest(async () => {
      const box = new (await load()).ChatBox(this.element, this.#toggle, say);
      if (this.#text) box.speak(this.#text);
      return box;
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
    this.#box.now?.speak(text);
  }

  set lines(lines: readonly ChatLine[]) {
    if (this.#box.requested || lines.length > 0)
      this.#box.use((box) => {
        box.lines = lines;
      });
  }
}
