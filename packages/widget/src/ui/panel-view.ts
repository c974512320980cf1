import { OnRequest } from "@copane/mirror/on-request";
import { h, Settling } from "@copane/ui";
import type { Messages } from "../locales/messages.ts";
import type { Parts } from "../parts.ts";
import type { Actions } from "./actions.ts";
import { Focus } from "./focus.ts";
import { panel, type RareScreens, sessionOf } from "./panel.ts";
import { isRare, screenOf, type UiState } from "./state.ts";

/** Draws the panel, and keeps focus, questions and what is read out in order while it changes. */
export class PanelView {
  readonly element = h("div");
  /** Reads out, politely, what comes. */
  readonly announcer = h("div", { class: "announce", "aria-live": "polite" });
  readonly focus: Focus;
  /** What the panel says first. */
  heading = "";
  readonly #settling = new Settling(this.element);
  readonly #rare: OnRequest<RareScreens>;
  readonly #changed: () => void;
  #question = "";
  #focusDue = false;

  /**
   * @param load fetches the screens that most sessions never come to
   * @param changed what was waited for is there: the panel is to be drawn again
   */
  constructor(
    root: ShadowRoot,
    load: () => Promise<Pick<Parts["screens"], "rareScreens">>,
    changed: () => void,
  ) {
    this.focus = new Focus(root, this.element);
    this.#changed = changed;
    this.#rare = new OnRequest(async () => (await load()).rareScreens);
  }

  /** Reads out, politely. */
  announce(words: string): void {
    if (this.announcer.textContent !== words) this.announcer.textContent = words;
  }

  /** The customer opened or changed the panel: the focus goes there with the next drawing. */
  focusNext(): void {
    this.#focusDue = true;
  }

  clear(): void {
    this.element.replaceChildren();
  }

  /** Draws a state; false when the screen's script is still to come, and then draws it when it has. */
  draw(state: UiState, text: Messages, actions: Actions): boolean {
    const screen = screenOf(state);
    if (!this.#complete(isRare(state, screen))) return false;
    const focusDue = this.#focusDue;
    this.#focusDue = false;
    const { inside } = this.focus;
    const former = this.element.firstElementChild;
    const { view, said, heading } = panel(state, text, actions, this.#rare.now);
    this.heading = heading;
    this.announce(said);
    // The warning of idleness changes each second, and is the same question.
    const pending = sessionOf(state)?.control.pending;
    const question = screen === "idle" ? screen : `${screen} ${pending} ${view.textContent}`;
    const asked = question !== this.#question;
    this.#question = question;
    this.#settling.show(question, view);
    // What looks the same stays: it is laid out, may have the focus, and holds what the customer has typed.
    if (former?.outerHTML === view.outerHTML) {
      if (focusDue) this.focus.open();
      return true;
    }
    const had = inside && this.element.contains(inside);
    const same = former?.getAttribute("data-screen") === view.getAttribute("data-screen");
    // What was typed or ticked stays, a key that was wrong too.
    if (former && same)
      for (const field of view.querySelectorAll("input")) {
        const typed = former.querySelector<HTMLInputElement>(`[name=${field.name}]`);
        if (typed) [field.value, field.checked] = [typed.value, typed.checked];
      }
    this.element.replaceChildren(view);
    // Another question is not answered by the key that was meant for the last one.
    const again = same && !(asked && inside && "answer" in inside.dataset);
    if (focusDue) this.focus.open();
    else if (had) this.focus.redrawn(again ? inside.dataset.focus : undefined);
    return true;
  }

  /** Whether all is there that a screen needs. What did not come is drawn without; the next such screen tries again. */
  #complete(rare: boolean): boolean {
    const { state } = this.#rare;
    if (!rare && state === "failed") this.#rare.reset();
    if (!rare || state === "ready" || state === "failed") return true;
    if (state === "idle") this.#rare.use(this.#changed, this.#changed);
    return false;
  }
}
