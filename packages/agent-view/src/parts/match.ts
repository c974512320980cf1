import type { AgentSession } from "@copane/client/agent";
import { customerOf } from "@copane/protocol";
import { fill, h, Settling } from "@copane/ui";
import { answer, button, setText } from "../dom.ts";
import type { Messages } from "../locales/en/view.ts";
import type { ViewState } from "../state.ts";

/** The two figures that the customer's screen has to show, too, and the agent's answer whether it does. */
export class Match {
  readonly element: HTMLElement;
  readonly #session: AgentSession;
  readonly #text: Messages;
  readonly #figures = h("p", { class: "figures", "data-figures": true });
  readonly #note = h("p");
  readonly #same: HTMLButtonElement;
  readonly #settling: Settling;

  constructor(session: AgentSession, text: Messages, run: (work: Promise<unknown>) => void) {
    this.#session = session;
    this.#text = text;
    this.#same = answer(text.matchSame, () => run(session.confirmMatch()), "primary");
    const differs = button(text.matchDiffers, () => run(session.refuseMatch()));
    this.element = h(
      "section",
      { class: "match", role: "group", "aria-label": text.matchTitle, hidden: true },
      h("b", {}, text.matchTitle),
      this.#figures,
      this.#note,
      h("div", { class: "row" }, this.#same, differs),
    );
    this.#settling = new Settling(this.element);
  }

  show({ session, you }: ViewState): void {
    const { match } = session;
    const ours = match?.with === you;
    this.element.hidden = !ours;
    if (!ours) {
      this.#settling.show("", this.element);
      return;
    }
    const name = customerOf(session)?.name ?? "";
    const { figures } = this.#session;
    const confirmed = match.confirmed.includes("agent");
    setText(this.#figures, figures ?? "…");
    setText(this.#note, fill(confirmed ? this.#text.matchWaits : this.#text.matchNote, { name }));
    this.#same.hidden = figures === undefined || confirmed;
    this.#settling.show(figures ?? "made", this.element);
  }
}
