import type { AgentSession, Fidelity } from "@copane/client/agent";
import { maySeePage } from "@copane/protocol";
import { fill, fillCounted, h } from "@copane/ui";
import { iconButton, named, setText } from "../dom.ts";
import { keys } from "../keys.ts";
import type { Messages } from "../locales/en/view.ts";
import { isOffline, shares, type ViewState } from "../state.ts";
import { icon } from "./icons.ts";
import { Popup } from "./popup.ts";

/** How long a repair is told, in milliseconds. */
const REPAIRED_MS = 3_000;

/** Whether what the agent sees is what the customer has: in a word, with the figures and a fresh picture behind it. */
export class Picture {
  readonly element: HTMLElement;
  readonly #text: Messages;
  readonly #button: HTMLButtonElement;
  readonly #popup: Popup;
  readonly #checked = h("p", { "data-checked": true });
  #known: Fidelity;
  /** The page is not to be seen. */
  #troubled = false;
  /** Parts that the last comparison found wrong, and that are sent anew. */
  #repairing = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: AgentSession, text: Messages) {
    this.#text = text;
    this.#known = session.fidelity;
    this.#button = iconButton({
      icon: "exact",
      name: text.pictureChecking,
      run: () => {},
      kind: "quiet",
      worded: true,
    });
    const fetch = iconButton({
      icon: "fetch",
      name: text.refresh,
      run: () => session.refresh(),
      key: keys.fetch,
      worded: true,
    });
    delete fetch.dataset.tip;
    fetch.addEventListener("click", () => this.#popup.close());
    this.#popup = new Popup(
      this.#button,
      text.picture,
      false,
      this.#checked,
      fetch,
      h("p", { class: "hint" }, text.refreshHint),
    );
    this.element = this.#popup.element;
    this.#draw();
  }

  /** The picture was compared with the customer's page. */
  heard(now: Fidelity): void {
    this.#repairing = Math.max(0, now.repaired - this.#known.repaired);
    this.#known = now;
    clearTimeout(this.#timer);
    // What was sent anew is there by then; the next comparison says so, but comes only after the next change.
    this.#timer = setTimeout(() => {
      this.#repairing = 0;
      this.#draw();
    }, REPAIRED_MS);
    this.#draw();
  }

  show(state: ViewState): void {
    const { session, ready, trouble } = state;
    this.element.hidden = !maySeePage(session) || isOffline(state) || !(ready || trouble);
    if (this.#troubled === (trouble !== undefined)) return;
    this.#troubled = trouble !== undefined;
    this.#draw();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#popup.destroy();
  }

  #draw(): void {
    const text = this.#text;
    const { compared } = this.#known;
    const repairing = this.#repairing;
    const name = this.#troubled
      ? text.unshown
      : repairing
        ? fill(text.pictureRepairing, { count: repairing })
        : compared > 0
          ? text.pictureExact
          : text.pictureChecking;
    const exact = !repairing && compared > 0 && !this.#troubled;
    this.#button.dataset.picture = exact ? "exact" : repairing ? "repairing" : "checking";
    this.#button.querySelector("svg")?.replaceWith(icon(exact ? "exact" : "repairing"));
    named(this.#button, name);
    setText(
      this.#checked,
      compared > 0 ? fillCounted(text.checked, shares(this.#known), text.language) : text.pictureChecking,
    );
  }
}
