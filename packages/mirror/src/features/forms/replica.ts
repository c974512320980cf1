import { ControlState, TopLayer } from "../../core/codec/types.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { parentOrHost } from "../../core/walk.ts";
import { SELECTION, stateAttributes } from "../styles/selectors.ts";

const textField = new Set(["text", "search", "email", "tel", "url", "password", "number"]);

/** What a page shows beyond its markup: form state, scroll, selection, top layer. */
export class ReplicaState {
  readonly #nodes: ReplicaNodes;
  readonly #document: Document;
  /** Where each scroll container should stand; kept, because content may grow after it was set. */
  readonly #scroll = new Map<number, { left: number; top: number }>();
  readonly #marks = new Map<string, Set<Element>>();
  #selected = () => "";
  /** The highlights of the window whose document has the selection. */
  #highlighted: HighlightRegistry | undefined;
  #settling = false;
  #hidden: ReturnType<typeof setTimeout> | undefined;
  #resettle: ReturnType<typeof setTimeout> | undefined;
  #following = true;

  constructor(nodes: ReplicaNodes, document: Document) {
    this.#nodes = nodes;
    this.#document = document;
  }

  /** Content that arrives late (pictures, stylesheets) moves what was scrolled. */
  listen(document: Document): void {
    document.addEventListener(
      "load",
      () => {
        this.#resettle ??= setTimeout(() => {
          this.#resettle = undefined;
          this.settleScroll();
        }, 50);
      },
      { capture: true },
    );
  }

  destroy(): void {
    this.#settling = false;
    clearTimeout(this.#hidden);
    clearTimeout(this.#resettle);
  }

  /** After changes: soon, once for all of a frame, since asking where things are forces a layout. */
  settle(): void {
    if (this.#scroll.size === 0 || this.#settling) return;
    this.#settling = true;
    const settle = () => {
      clearTimeout(this.#hidden);
      if (this.#settling) this.settleScroll();
      this.#settling = false;
    };
    requestAnimationFrame(settle);
    // A hidden desk has no frames.
    this.#hidden = setTimeout(settle, 200);
  }

  /** Off: the agent looks round by itself, and where the customer scrolls is only remembered. */
  setFollowing(on: boolean): void {
    this.#following = on;
    this.settleScroll();
  }

  settleScroll(): void {
    if (!this.#following) return;
    for (const [id, { left, top }] of this.#scroll) {
      const node = this.#nodes.get(id);
      if (node === undefined) this.#scroll.delete(id);
      else if (node.nodeType === Node.DOCUMENT_NODE) {
        const view = (node as Document).defaultView;
        if (view && (view.scrollX !== left || view.scrollY !== top)) view.scrollTo(left, top);
      } else {
        const element = node as Element;
        if (element.scrollLeft !== left) element.scrollLeft = left;
        if (element.scrollTop !== top) element.scrollTop = top;
      }
    }
  }

  scroll(id: number, left: number, top: number): void {
    this.#scroll.delete(id);
    this.#scroll.set(id, { left, top });
    // What stands unscrolled needs no watching.
    if (left === 0 && top === 0 && this.#following) {
      this.settleScroll();
      this.#scroll.delete(id);
    }
  }

  value(id: number, value: string): void {
    const control = this.#nodes.element(id);
    if (control === undefined || !("value" in control)) return;
    const input = control as HTMLInputElement;
    if (input.type === "file") return;
    input.value = value;
    // A number field shows no bullets, and a masked one no number.
    if (input.value !== value && textField.has(input.type)) {
      input.type = "text";
      input.value = value;
    }
  }

  checked(id: number, checked: boolean, indeterminate: boolean): void {
    const input = this.#nodes.element(id) as HTMLInputElement | undefined;
    if (input?.localName !== "input") return;
    input.checked = checked;
    input.indeterminate = indeterminate;
  }

  selected(id: number, indices: readonly number[]): void {
    const select = this.#nodes.element(id) as HTMLSelectElement | undefined;
    if (select?.localName !== "select") return;
    if (indices.length === 0) select.selectedIndex = -1;
    else if (select.multiple) {
      const chosen = new Set(indices);
      for (const option of select.options) option.selected = chosen.has(option.index);
    } else select.selectedIndex = indices[0] as number;
  }

  /** State that a stylesheet or the browser's own look asks for. */
  controlState(id: number, bits: number): void {
    const control = this.#nodes.element(id) as HTMLInputElement | undefined;
    if (!control || typeof control.setCustomValidity !== "function") return;
    control.setCustomValidity(bits & ControlState.customError ? " " : "");
    control.toggleAttribute(stateAttributes.userInvalid, (bits & ControlState.userInvalid) !== 0);
    control.toggleAttribute(stateAttributes.userValid, (bits & ControlState.userValid) !== 0);
    control.toggleAttribute(stateAttributes.autofill, (bits & ControlState.autofill) !== 0);
  }

  /** Marks the element (and, where the state is inherited, all above it) as being in a state. */
  mark(attribute: string, id: number, inherited: boolean): void {
    const marked = new Set<Element>();
    for (let up: Node | null = this.#nodes.get(id) ?? null; up !== null; ) {
      if (up.nodeType === Node.ELEMENT_NODE) {
        marked.add(up as Element);
        // A label hands on what happens to it.
        const control = inherited && up.nodeName === "LABEL" ? (up as HTMLLabelElement).control : null;
        if (control) marked.add(control);
      }
      up = inherited ? parentOrHost(up) : null;
    }
    for (const element of this.#marks.get(attribute) ?? [])
      if (!marked.has(element)) element.removeAttribute(attribute);
    for (const element of marked) if (!element.hasAttribute(attribute)) element.setAttribute(attribute, "");
    this.#marks.set(attribute, marked);
  }

  selection(anchorId: number, anchorOffset: number, focusId: number, focusOffset: number): void {
    this.#highlighted?.delete(SELECTION);
    this.#selected = () => "";
    const anchor = this.#nodes.get(anchorId);
    const focus = this.#nodes.get(focusId);
    if (!anchor || !focus) return;
    if (anchor === focus && "selectionStart" in anchor) {
      // No browser shows a selection in a field without the focus.
      this.#selected = () => (anchor as HTMLInputElement).value.slice(anchorOffset, focusOffset);
      return;
    }
    const document = anchor.ownerDocument ?? this.#document;
    const window = document.defaultView as (Window & typeof globalThis) | null;
    const range = document.createRange();
    range.setStart(anchor, clampOffset(anchor, anchorOffset));
    range.setEnd(focus, clampOffset(focus, focusOffset));
    if (range.collapsed) {
      // Selected backwards: the focus comes first.
      range.setStart(focus, clampOffset(focus, focusOffset));
      range.setEnd(anchor, clampOffset(anchor, anchorOffset));
    }
    this.#selected = () => String(range);
    this.#highlighted = window?.CSS?.highlights;
    if (window) this.#highlighted?.set(SELECTION, new window.Highlight(range));
  }

  /** The text that the customer's page has selected. */
  get selectedText(): string {
    return this.#selected();
  }

  topLayer(id: number, state: TopLayer): void {
    const element = this.#nodes.element(id) as (HTMLDialogElement & Popover) | undefined;
    if (!element?.isConnected) return;
    const active = activeElement();
    try {
      if (element.localName === "dialog") showDialog(element, state);
      else if (state === TopLayer.popover) element.showPopover(invokerOf(element));
      else if (element.matches(":popover-open")) element.hidePopover();
    } catch {
      // Not in a state to be shown (its markup is still to come): a later operation will say.
    }
    // Showing a dialog moves the focus into it; the agent's hands are elsewhere.
    if (active && activeElement() !== active) active.focus({ preventScroll: true });
  }
}

/** What has the focus in the agent's page; the view may stand in a shadow root together with it. */
function activeElement(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element as HTMLElement | null;
}

function showDialog(dialog: HTMLDialogElement, state: TopLayer): void {
  if (state === TopLayer.modal) {
    if (dialog.matches(":modal")) return;
    dialog.removeAttribute("open");
    dialog.showModal();
  } else if (dialog.matches(":modal")) {
    const open = dialog.hasAttribute("open");
    // Without the attribute, close() would leave it in the top layer.
    dialog.setAttribute("open", "");
    dialog.close();
    if (open) dialog.setAttribute("open", "");
  }
}

interface Popover {
  showPopover(options?: { source?: HTMLElement }): void;
}

/** What most likely opened a popover: it is placed by that, and what that stands in stays open. */
function invokerOf(popover: HTMLElement): { source?: HTMLElement } {
  const id = CSS.escape(popover.id);
  const source = (popover.getRootNode() as ParentNode).querySelector<HTMLElement>(
    `[popovertarget="${id}"],[commandfor="${id}"]`,
  );
  return id && source ? { source } : {};
}

function clampOffset(node: Node, offset: number): number {
  const most = node.nodeType === Node.TEXT_NODE ? (node as Text).length : node.childNodes.length;
  return Math.min(offset, most);
}
