import type { ChatLine } from "@copane/client/chat";
import { OnRequest } from "@copane/mirror/on-request";
import { h } from "@copane/ui";
import type { Messages } from "../locales/messages.ts";
import type { Parts } from "../parts.ts";
import type { ChatBox } from "./chat.ts";
import { icon, icons } from "./icons.ts";

/** Where the chat stands: its button, and behind it what is fetched when somebody writes. */
export class ChatButton {
  readonly element = h("section", { class: "chat", hidden: true });
  readonly #label = h("span");
  readonly #toggle = h(
    "button",
    { type: "button", class: "toggle flat", "aria-expanded": "false" },
    icon(icons.chat),
    this.#label,
  );
  readonly #box: OnRequest<ChatBox>;
  #text: Messages | undefined;

  /** @param open makes the card large where it is small */
  constructor(
    load: () => Promise<Pick<Parts["chat"], "ChatBox">>,
    say: (text: string) => void,
    open: () => void,
  ) {
    this.#box = new OnRequest(async () => {
      const box = new (await load()).ChatBox(this.element, this.#toggle, this.#label, say);
      if (this.#text) box.setWords(this.#text);
      return box;
    });
    this.#toggle.onclick = () => {
      const wasSmall = this.#toggle.closest(".small") !== null;
      open();
      this.#box.use((box) => box.toggle(wasSmall || undefined));
    };
    this.element.append(this.#toggle);
  }

  /** Shows the chat while there is somebody to write to. */
  show(on: boolean, text: Messages): void {
    this.element.hidden = !on;
    if (text === this.#text) return;
    this.#text = text;
    this.#label.textContent = text.chatTitle;
    this.element.setAttribute("aria-label", text.chatTitle);
    this.#box.now?.setWords(text);
  }

  set lines(lines: readonly ChatLine[]) {
    if (this.#box.requested || lines.length > 0)
      this.#box.use((box) => {
        box.lines = lines;
      });
  }
}
