import type { AgentSession } from "@copane/client/agent";
import { controlOf, customerOf, isControlled, mayAct, maySeePage } from "@copane/protocol";
import { directionOf, fill, h, rove } from "@copane/ui";
import { iconButton, named, setText } from "../dom.ts";
import { keys } from "../keys.ts";
import type { Messages } from "../locales/en/view.ts";
import { mayNavigate, type ViewState } from "../state.ts";
import { Clock } from "./clock.ts";
import { Picture } from "./picture.ts";
import { Popup } from "./popup.ts";

/** The customer's tab as a browser: back points to where reading begins. */
const moves = [
  ["back", "back", "forward"],
  ["forward", "forward", "back"],
  ["reload", "reload", "reload"],
] as const;

interface BarOptions {
  session: AgentSession;
  text: Messages;
  /** The line that says how things stand. */
  status: HTMLElement;
  run(work: Promise<unknown>): void;
  /** Control with limits is asked for. */
  onLimits(): void;
  onSuggest(): void;
  onSide(): void;
  onEnd(): void;
}

/** The line over the page: whose page it is, how it stands, and what the agent can do. */
export class Bar {
  readonly element: HTMLElement;
  readonly picture: Picture;
  readonly #text: Messages;
  readonly #name = h("h1");
  readonly #page = h("span", { class: "hint" });
  readonly #badge = h("span", { class: "badge", hidden: true });
  readonly #clock: Clock;
  readonly #moves: HTMLElement;
  readonly #request: HTMLButtonElement;
  readonly #limits: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #release: HTMLButtonElement;
  readonly #suggest: HTMLButtonElement;
  readonly #withdraw: HTMLButtonElement;
  readonly #more: Popup;
  readonly #people: HTMLButtonElement;
  readonly #end: HTMLButtonElement;
  readonly #tools: HTMLElement;
  readonly #abort = new AbortController();

  constructor({ session, text, status, run, onLimits, onSuggest, onSide, onEnd }: BarOptions) {
    this.#text = text;
    this.#clock = new Clock(text.elapsed);
    this.picture = new Picture(session, text);
    const main = (
      icon: "control" | "cancel" | "release",
      name: string,
      kind: string,
      act: () => Promise<void>,
    ) => iconButton({ icon, name, kind, key: keys.control, worded: true, run: () => run(act()) });
    this.#request = main("control", text.requestControl, "primary", () => session.requestControl());
    this.#request.dataset.first = "";
    this.#cancel = main("cancel", text.cancelRequest, "", () => session.releaseControl());
    this.#release = main("release", text.releaseControl, "held", () => session.releaseControl());
    const item = (icon: "limits" | "suggest", name: string, act: () => void, key?: string) =>
      iconButton({ icon, name, run: act, worded: true, ...(key ? { key } : {}) });
    this.#limits = item("limits", text.limitedControl, onLimits);
    this.#suggest = item("suggest", text.suggest, onSuggest, keys.suggest);
    for (const one of [this.#limits, this.#suggest]) delete one.dataset.tip;
    const more = iconButton({ icon: "more", name: text.moreWays, run: () => {}, kind: "more" });
    this.#more = new Popup(more, text.moreWays, true, this.#limits, this.#suggest);
    this.#withdraw = iconButton({
      icon: "cancel",
      name: text.withdraw,
      worded: true,
      run: () => run(session.cancelProposal()),
    });
    this.#people = iconButton({
      icon: "people",
      name: text.people,
      run: onSide,
      key: keys.people,
      kind: "quiet",
    });
    this.#end = iconButton({
      icon: "end",
      name: text.end,
      run: onEnd,
      key: keys.end,
      kind: "danger",
      worded: true,
    });
    const isRightToLeft = directionOf(text.language) === "rtl";
    this.#moves = h(
      "span",
      { class: "moves" },
      ...moves.map(([go, icon, mirrored]) =>
        iconButton({
          icon: isRightToLeft ? mirrored : icon,
          name: text[go],
          run: () => session.navigate(go),
        }),
      ),
    );
    this.#tools = h(
      "div",
      { class: "tools", role: "toolbar", "aria-label": text.tools },
      this.#badge,
      this.picture.element,
      this.#moves,
      h("span", { class: "split" }, this.#request, this.#cancel, this.#release, this.#more.element),
      this.#withdraw,
      // The desktop's own tools stand among ours.
      h("slot", { name: "tools" }),
      this.#people,
      this.#end,
    );
    this.element = h(
      "div",
      { class: "bar" },
      h("slot", { name: "start" }),
      h("div", { class: "who" }, h("div", {}, this.#name, this.#clock.element), this.#page),
      h("div", { class: "says" }, status, h("slot", { name: "hint" })),
      this.#tools,
      h("slot", { name: "end" }),
    );
    rove(this.#tools, { signal: this.#abort.signal });
  }

  /** Puts the focus on the first button there is. */
  focus(): void {
    const buttons = [...this.#tools.querySelectorAll<HTMLButtonElement>("button")];
    (buttons.find((one) => one.tabIndex === 0 && isThere(one)) ?? buttons.find(isThere))?.focus();
  }

  /** Does what the button of this key does, where that can be done now. */
  press(key: string): boolean {
    const button = [...this.#tools.querySelectorAll<HTMLButtonElement>("button")].find(
      (one) => one.getAttribute("aria-keyshortcuts") === key && !one.hidden && !one.disabled,
    );
    if (!button) return false;
    // What its name promises happens, whether the list that it stands in is open or not.
    button.click();
    return true;
  }

  /**
   * @param end what the button is called that ends it
   * @param side whether what stands beside the page is open, and how many lines nobody has read there
   */
  show(state: ViewState, end: string, side: { open: boolean; unread: number }): void {
    const text = this.#text;
    const { session, connection, page } = state;
    const customer = customerOf(session);
    const name = customer?.name ?? "";
    setText(this.#name, name);
    setText(this.#page, page ? `${page.title} — ${page.url}` : text.waitingPage);
    this.#page.title = this.#page.textContent;
    this.#badge.dataset.connection = connection;
    const away = customer && !customer.connected;
    setText(this.#badge, away ? fill(text.customerAway, { name }) : text[connection]);
    // That all is well needs no words.
    this.#badge.hidden = !away && connection === "connected";
    this.picture.show(state);
    named(this.#end, end);
    named(this.#people, side.unread ? fill(text.peopleUnread, { count: side.unread }) : text.people);
    this.#people.dataset.count = side.unread ? String(side.unread) : "";
    this.#people.setAttribute("aria-expanded", String(side.open));
    this.#offer(state);
  }

  destroy(): void {
    this.#abort.abort();
    this.#clock.destroy();
    this.#more.destroy();
    this.picture.destroy();
  }

  /** Shows what the agent can do now. */
  #offer({ session, you, connection, trouble }: ViewState): void {
    const control = controlOf(session, you);
    const may = mayAct(session, you);
    const { highest } = session.control;
    const ready = session.state === "active" && connection === "connected" && maySeePage(session) && !trouble;
    const had = (this.element.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    const grantable = highest === "scroll" || highest === "full";
    this.#request.hidden = this.#limits.hidden = !may || !grantable || control !== "none";
    this.#request.disabled = this.#limits.disabled = !ready || isControlled(session);
    this.#cancel.hidden = control !== "pending";
    this.#release.hidden = control !== "held";
    this.#moves.hidden = !mayNavigate(session, you);
    this.#withdraw.hidden = session.proposal?.by !== you;
    this.#suggest.hidden = !may || !this.#withdraw.hidden || highest === "view";
    this.#suggest.disabled = !ready || session.proposal !== undefined;
    this.#more.element.hidden = this.#limits.hidden && this.#suggest.hidden;
    // A button that had the focus and is gone hands it to the one in its place.
    if (had?.hidden) [this.#request, this.#cancel, this.#release].find(({ hidden }) => !hidden)?.focus();
  }
}

function isThere(one: HTMLButtonElement): boolean {
  return !one.disabled && !one.closest("[hidden]");
}
