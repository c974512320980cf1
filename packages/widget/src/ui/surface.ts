import { OnRequest } from "@copane/mirror/on-request";
import { h } from "@copane/ui";
import type { WidgetContext } from "../config.ts";
import type { Parts } from "../parts.ts";
import { style } from "./style.ts";

/** The widget's elements in its shadow root, and the scripts and styles that come to them. */
export class Surface {
  readonly root: HTMLElement;
  /** Frames the page while somebody sees it, and says so. */
  readonly edge = h("div", { class: "edge", hidden: true, "aria-hidden": "true" });
  /** What people draw lies here. */
  readonly marks = h("div", { class: "marks" });
  /** Agents' pointers lie here. */
  readonly pointers = h("div");
  /** The panel and the chat, in a corner. */
  readonly card = h("div", { class: "card" });
  readonly #context: WidgetContext;
  #mirror: Parts["mirror"] | undefined;
  readonly #sheets = new Map<string, CSSStyleSheet>();

  constructor(context: WidgetContext) {
    this.#context = context;
    this.root = h(
      "div",
      { class: `root ${this.#isLeft ? "left" : ""}` },
      this.edge,
      this.marks,
      this.pointers,
      this.card,
    );
    this.#addStyle(style);
  }

  /** Fetches a part; its style, if it has one, holds when it is there. */
  async load<K extends keyof Parts>(name: K): Promise<Parts[K]> {
    const part = (await this.#context.fetch(name)) as Parts[K] & { style?: string };
    if (part.style) this.#addStyle(part.style);
    return part;
  }

  /** What mirrors the page: at once from the second time on. */
  mirror(): Parts["mirror"] | Promise<Parts["mirror"]> {
    return this.#mirror ?? this.load("mirror").then((part) => (this.#mirror = part));
  }

  /** What makes it a card that can be moved; the panel does not wait for it. */
  readonly place = new OnRequest(async () => new (await this.load("card")).Place(this.card, this.#isLeft));

  get #isLeft(): boolean {
    return this.#context.config.side === "left";
  }

  /** Shows the widget in place of whatever stands in the shadow root, the launcher for example. */
  mount(): void {
    if (!this.isMounted) {
      this.#applyStyles();
      this.#context.root.replaceChildren(this.root);
    }
  }

  /** Shows the launcher again. */
  unmount(): void {
    this.root.remove();
    this.#context.idle();
  }

  /** Whether the widget stands in the shadow root, and not the launcher. */
  get isMounted(): boolean {
    return this.root.parentNode !== null;
  }

  #addStyle(text: string): void {
    if (this.#sheets.has(text)) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    this.#sheets.set(text, sheet);
    this.#applyStyles();
  }

  #applyStyles(): void {
    this.#context.root.adoptedStyleSheets = [...this.#sheets.values()];
  }
}
