import * as dom from "@copane/mirror/dom";

/** Elements in which keys are text. */
const TYPED_IN = "input:not([type=button],[type=submit]),textarea,select,iframe,[contenteditable]";

/** The focus between the page and the widget. Only the customer's own acts move it; what comes by itself does not. */
export class Focus {
  readonly #root: ShadowRoot;
  readonly #panel: HTMLElement;
  /** What had the focus before the customer went to the widget by the shortcut. */
  #before: HTMLElement | undefined;

  /** @param panel where the panel is drawn, inside of `root` */
  constructor(root: ShadowRoot, panel: HTMLElement) {
    this.#root = root;
    this.#panel = panel;
    // Whoever has gone back by themselves is not sent anywhere later.
    addEventListener("focusin", ({ target }) => {
      if (target !== root.host) this.#before = undefined;
    });
  }

  /** What of the widget has it. */
  get inside(): HTMLElement | undefined {
    return (this.#root.activeElement as HTMLElement | null) ?? undefined;
  }

  /** Whether the customer is writing in the page. */
  get isTyping(): boolean {
    return !this.inside && focusedElement().matches(TYPED_IN);
  }

  /** By the shortcut: to what can be answered, or to the first thing that can be done. */
  enter(): void {
    this.#before = focusedElement();
    const target =
      this.#panel.querySelector<HTMLElement>("[data-answer]") ??
      this.#panel.querySelector<HTMLElement>("input, button");
    target?.focus({ preventScroll: true });
  }

  /** Back to where the shortcut was pressed; false when it was not. */
  leave(): boolean {
    const before = this.#before;
    this.#before = undefined;
    if (!before?.isConnected) return false;
    if (before === dom.body(document)) this.inside?.blur();
    else before.focus({ preventScroll: true });
    return true;
  }

  /** Into a panel that the customer opened: to its field, else to the panel itself. Never to a button that answers. */
  open(): void {
    const target = this.#panel.querySelector<HTMLElement>("input, .pill, section");
    target?.focus({ preventScroll: true });
  }

  /** The panel was drawn anew while it had the focus. `name` is what had it, if that may have it again. */
  redrawn(name: string | undefined): void {
    const again = [...this.#panel.querySelectorAll<HTMLElement>("[data-focus]")].find(
      ({ dataset }) => name && dataset.focus === name,
    );
    if (again) again.focus({ preventScroll: true });
    else if (!this.leave())
      this.#panel.querySelector<HTMLElement>(".pill, section")?.focus({ preventScroll: true });
  }
}

/** The element of the page that has the focus, through shadow roots. */
export function focusedElement(): HTMLElement {
  let element = dom.activeElement(document);
  for (;;) {
    const root: ShadowRoot | null = element && dom.shadowRoot(element);
    const inner = root && dom.activeElement(root);
    if (!inner) break;
    element = inner;
  }
  return (element ?? dom.body(document)) as HTMLElement;
}
