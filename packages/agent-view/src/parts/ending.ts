import type { AgentSession } from "@copane/client/agent";
import { leads, nameOf } from "@copane/protocol";
import { fill, fillCounted, h, Settling } from "@copane/ui";
import { answer, button, setText } from "../dom.ts";
import type { Messages } from "../locales/en/view.ts";
import type { ViewState } from "../state.ts";
import { Dialog } from "./dialog.ts";

/** How a session ends here: by the agent's own will, after a question, or by idleness, after a warning. */
export class Ending {
  readonly element: HTMLElement;
  readonly #session: AgentSession;
  readonly #text: Messages;
  readonly #end: Dialog;
  /** It comes unasked, so it is no dialog: it takes neither the focus nor the page. */
  readonly #idle: HTMLElement;
  // Each second is not read out.
  readonly #idleText = h("p", { "aria-live": "off" });
  readonly #settling: Settling;
  #idleTimer: ReturnType<typeof setInterval> | undefined;
  #until: number | undefined;

  constructor(session: AgentSession, text: Messages) {
    this.#session = session;
    this.#text = text;
    this.#end = new Dialog(text.endTitle);
    this.#idle = h("div", { class: "idle", role: "status" });
    this.#settling = new Settling(this.#idle);
    this.element = h("div", {}, this.#end.element, this.#idle);
  }

  /** Whoever leads ends the session for all; others leave it. */
  label({ session, you }: ViewState): string {
    return leads(session, you) ? this.#text.end : this.#text.leave;
  }

  ask(state: ViewState): void {
    const { session, you } = state;
    const leading = leads(session, you);
    const keep = button(this.#text.keep, () => this.#end.close());
    keep.dataset.autofocus = "";
    this.#end.title = leading ? this.#text.endTitle : this.#text.leaveTitle;
    this.#end.open(
      h(
        "p",
        {},
        leading ? this.#text.endText : fill(this.#text.leaveText, { name: nameOf(session, session.lead) }),
      ),
      h(
        "div",
        { class: "row end" },
        keep,
        button(this.label(state), () => void this.#session.leave().catch(() => {}), "danger"),
      ),
    );
  }

  /** @param closesInMs how long until idleness ends the session; undefined while it does not */
  idle(closesInMs: number | undefined): void {
    clearInterval(this.#idleTimer);
    this.#until = closesInMs === undefined ? undefined : Date.now() + closesInMs;
    if (this.#until === undefined) {
      this.#idle.replaceChildren();
      this.#settling.show("", this.#idle);
      return;
    }
    this.#tick();
    if (!this.#idle.firstChild) {
      const go = answer(this.#text.keep, () => this.#goOn(), "primary");
      this.#idle.append(h("b", {}, this.#text.idleTitle), this.#idleText, go);
      this.#settling.show("idle", this.#idle);
    }
    this.#idleTimer = setInterval(() => this.#tick(), 500);
  }

  destroy(): void {
    clearInterval(this.#idleTimer);
  }

  #tick(): void {
    const seconds = Math.max(0, Math.ceil(((this.#until ?? 0) - Date.now()) / 1_000));
    setText(this.#idleText, fillCounted(this.#text.idleText, { seconds }, this.#text.language));
  }

  #goOn(): void {
    this.#session.continueSession().catch(() => {});
  }
}
