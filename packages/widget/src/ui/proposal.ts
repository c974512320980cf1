import type { ShownProposal } from "@copane/client/customer";
import { fill, h, Settling } from "@copane/ui";
import { proposal as english } from "../locales/en/proposal.ts";
import type { Messages } from "../locales/messages.ts";
import { keyed } from "./controls.ts";
import { Ring } from "./ring.ts";

export interface ProposalActions {
  accept(): void;
  decline(): void;
}

/** Room between the element and the words about it, in CSS pixels. */
const GAP = 10;

/** A value as people write it; a colour also as it looks. */
function readable(element: Element, value: string, language: string): (HTMLElement | string)[] {
  const { type } = element as HTMLInputElement;
  if (type === "date")
    return [new Date(`${value}T00:00`).toLocaleDateString(language, { dateStyle: "full" })];
  if (type === "datetime-local")
    return [new Date(value).toLocaleString(language, { dateStyle: "full", timeStyle: "short" })];
  if (type !== "color") return [value];
  const swatch = h("span", { class: "swatch" });
  swatch.style.background = value;
  return [swatch, value];
}

/**
 * What an agent proposes, shown on the element itself. It never takes the focus, and no answer in its first moment:
 * whoever types goes on typing.
 */
export class ProposalNote {
  readonly element: HTMLElement;
  readonly #ring = new Ring((box) => this.#place(box));
  readonly #note = h("div", { class: "note", role: "group", "aria-labelledby": "proposal", hidden: true });
  readonly #settling = new Settling(this.#note);
  #count = 0;

  constructor() {
    this.element = h("div", {}, this.#ring.element, this.#note);
  }

  show(name: string, { element, value }: ShownProposal, text: Messages, actions: ProposalActions): void {
    const words = wordsOf(text);
    this.#note.replaceChildren(
      h(
        "p",
        { id: "proposal" },
        value === undefined ? fill(words.proposesClick, { name }) : fill(words.proposesValue, { name }),
      ),
      ...(value === undefined
        ? []
        : [h("p", { class: "value" }, ...readable(element, value, text.language))]),
      h(
        "div",
        { class: "row" },
        this.#button(words.accept, "F2", "primary", actions.accept),
        this.#button(words.decline, "Escape", "quiet", actions.decline),
      ),
    );
    this.#settling.show(String(++this.#count), this.#note);
    this.#note.hidden = false;
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#ring.follow(element);
  }

  /** What is read out. */
  get words(): string {
    return [...this.#note.querySelectorAll("p, button")].map(({ textContent }) => textContent).join(". ");
  }

  /** Whether it takes an answer: there is one, and it did not come just now. */
  get answerable(): boolean {
    return !this.#note.hidden && !this.#settling.waiting;
  }

  /** Moves the focus to it; false when there is nothing. */
  focus(): boolean {
    const first = this.#note.querySelector("button");
    first?.focus({ preventScroll: true });
    return first !== null;
  }

  hide(): void {
    this.#ring.follow(undefined);
    this.#note.hidden = true;
    this.#note.replaceChildren();
  }

  #button(label: string, key: string, kind: string, run: () => void): HTMLElement {
    return h(
      "button",
      { type: "button", class: kind, "aria-keyshortcuts": key, "data-answer": true, onclick: () => run() },
      keyed(label),
    );
  }

  /** Below the element where there is room, else above it; always in sight. */
  #place(box: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height } = this.#note;
    const below = box.bottom + GAP + height <= innerHeight;
    const top = below ? box.bottom + GAP : box.top - GAP - height;
    const clamp = (at: number, room: number) => Math.min(Math.max(at, GAP), Math.max(room - GAP, GAP));
    this.#note.style.transform = `translate(${clamp(box.left, innerWidth - width)}px, ${clamp(top, innerHeight - height)}px)`;
  }
}

function wordsOf(text: Messages): typeof english {
  return { ...english, ...text.proposal };
}
