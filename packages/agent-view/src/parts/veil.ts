import { customerOf } from "@copane/protocol";
import { fill, h } from "@copane/ui";
import type { Messages } from "../locales/en/view.ts";
import { isOffline, offlineText, unseen, type ViewState } from "../state.ts";

/** Lies over the page, and says why it is not to be seen, or not to be trusted. */
export class Veil {
  readonly element = h("div", { class: "veil" });
  readonly #text: Messages;

  constructor(text: Messages) {
    this.#text = text;
  }

  show(state: ViewState): void {
    const { session, ready, trouble } = state;
    const paused = session.state === "paused";
    const hidden = unseen(session);
    const matching = session.match !== undefined;
    // Before the first connection there is no picture that could be taken for the customer's page.
    const offline = isOffline(state);
    this.element.hidden = ready && !paused && !hidden && !matching && !offline && !trouble;
    this.element.classList.toggle("strong", paused || matching || hidden !== undefined || offline);
    // What stands there may be wrong, and is not to be taken for the customer's page.
    this.element.classList.toggle("blind", trouble !== undefined);
    if (this.element.hidden) return;
    const [title, more] = this.#words(state);
    this.element.replaceChildren(...(title ? [h("b", {}, title)] : []), ...(more ? [h("p", {}, more)] : []));
  }

  #words(state: ViewState): [title: string, more?: string] {
    const { session, trouble, you } = state;
    const text = this.#text;
    const name = customerOf(session)?.name ?? "";
    const paused = session.state === "paused";
    const hidden = unseen(session);
    if (isOffline(state)) return [offlineText(state, text), text.offlineText];
    // Who leads has the figures in a card of its own.
    if (session.match) return [session.match.with === you ? "" : fill(text.matchOther, { name })];
    if (paused) return [fill(text.pausedTitle, { name }), text.pausedText];
    if (hidden) return [fill(hidden === "asked" ? text.waitingConsent : text.consentRefused, { name })];
    return trouble ? [text.unshown, trouble] : [text.waitingPage];
  }
}
