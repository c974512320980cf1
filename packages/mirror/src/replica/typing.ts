import { type AgentInputEvent, INPUT_TEXT_LENGTH, Modifier } from "../control/wire.ts";
import * as dom from "../core/dom.ts";

/** Stands in the field, so that virtual keyboards have something to delete. */
const FILLER = "\u200b";

/** The keys held during an event, with the platform's key of shortcuts as `control`. */
export function heldModifiers(event: MouseEvent | KeyboardEvent): number {
  const { control, meta } = Modifier;
  const mac = /^(Mac|iP)/.test(navigator.platform);
  return (
    (event.shiftKey ? Modifier.shift : 0) |
    (event.ctrlKey ? (mac ? meta : control) : 0) |
    (event.altKey ? Modifier.alt : 0) |
    (event.metaKey ? (mac ? control : meta) : 0)
  );
}

export interface TypingOptions {
  surface: HTMLElement;
  label: string;
  signal: AbortSignal;
  /** Whether an event belongs to a control of ours, which the agent's browser serves. */
  owned(target: EventTarget | null): boolean;
  /** The text that is selected in the customer's page, as far as the agent sees it. */
  selected(): string;
  send(event: AgentInputEvent): void;
}

/** The agent's keyboard: keys, shortcuts, pasted text, and what input methods and virtual keyboards make. */
export class Typing {
  readonly #options: TypingOptions;
  /** Holds the keyboard focus and takes pasted and composed text. */
  readonly #field: HTMLTextAreaElement;
  #control = false;

  constructor(options: TypingOptions) {
    this.#options = options;
    this.#field = dom.createElement(document, "textarea");
    dom.setClassName(this.#field, "copane-keys");
    dom.setAttribute(this.#field, "aria-label", options.label);
    dom.setAttribute(this.#field, "autocapitalize", "off");
    dom.setAttribute(this.#field, "spellcheck", "false");
    Object.assign(dom.style(this.#field), {
      position: "absolute",
      opacity: "0",
      width: "1px",
      height: "1px",
      left: "0",
      top: "0",
      pointerEvents: "none",
    });
    dom.append(options.surface, this.#field);
    this.#listen();
    this.setControl(false);
  }

  setControl(on: boolean): void {
    this.#control = on;
    dom.setDisabled(this.#field, !on);
    this.#clear();
  }

  focus(): void {
    dom.focus(this.#field, { preventScroll: true });
  }

  /** A finger tapped `element`: its virtual keyboard comes, or goes where nothing is typed. */
  tapped(element: Element): void {
    const typed = dom.closest(element, "input,textarea,[contenteditable]:not([contenteditable=false i])");
    const type = (typed && dom.type(typed)) ?? "";
    const modes: Record<string, string> = { number: "decimal", tel: "tel", email: "email", url: "url" };
    const mode = (typed && dom.getAttribute(typed, "inputmode")) ?? modes[type] ?? "text";
    dom.setAttribute(this.#field, "inputmode", mode);
    if (typed && !/^(checkbox|radio|button|submit|reset|range|color|file|image)$/.test(type)) this.focus();
    else dom.blur(this.#field);
  }

  #listen(): void {
    const { surface, signal } = this.#options;
    dom.addEventListener(surface, "keydown", (event) => this.#key(event.repeat ? "repeat" : "down", event), {
      signal,
    });
    dom.addEventListener(surface, "keyup", (event) => this.#key("up", event), { signal });
    const field = this.#field;
    dom.addEventListener(field, "paste", (event) => {
      event.preventDefault();
      this.#text(event.clipboardData?.getData("text/plain") ?? "", true);
    });
    for (const type of ["copy", "cut"] as const)
      dom.addEventListener(field, type, (event) => this.#copy(event));
    dom.addEventListener(field, "compositionend", (event) => {
      this.#text(event.data, false);
      this.#clear();
    });
    dom.addEventListener(field, "beforeinput", (event) => this.#virtual(event));
    dom.addEventListener(field, "input", (event) => {
      if (!(event as InputEvent).isComposing) this.#clear();
    });
  }

  #key(phase: "down" | "repeat" | "up", event: KeyboardEvent): void {
    // F6 and Ctrl+Alt+Escape stay with the desk: the way out for the keyboard.
    const leaves = event.key === "F6" || (event.key === "Escape" && event.ctrlKey && event.altKey);
    if (!this.#control || event.isComposing || leaves || this.#options.owned(event.target)) return;
    const { key, code } = event;
    if (/^(Unidentified|Process|Dead)$/.test(key)) return;
    const modifiers = heldModifiers(event);
    const shortcut = (modifiers & Modifier.control) !== 0;
    const go = historyMove(key, shortcut, event.altKey);
    // The agent's browser has the clipboard: it makes its own events of these keys.
    if (!(shortcut && /^[vcx]$/i.test(key))) event.preventDefault();
    // Where nothing is selected there is nothing to cut or copy, and no event.
    else if (phase === "down" && !/v/i.test(key)) dom.select(this.#field);
    if (!go) this.#options.send({ kind: "key", phase, key, code, modifiers });
    else if (phase === "down") this.#options.send({ kind: "history", go });
  }

  /** What virtual keyboards do without telling of a key. */
  #virtual(event: InputEvent): void {
    const { inputType, data } = event;
    if (!event.cancelable || event.isComposing) return;
    event.preventDefault();
    if (inputType.startsWith("deleteContent") || inputType === "deleteWordBackward") this.#press("Backspace");
    else if (inputType === "insertLineBreak" || inputType === "insertParagraph") this.#press("Enter");
    else if (data) this.#text(data, false);
  }

  #press(key: string): void {
    for (const phase of ["down", "up"] as const) {
      this.#options.send({ kind: "key", phase, key, code: key, modifiers: 0 });
    }
  }

  #copy(event: ClipboardEvent): void {
    const text = this.#options.selected();
    event.preventDefault();
    if (text) event.clipboardData?.setData("text/plain", text);
    this.#clear();
  }

  #text(text: string, pasted: boolean): void {
    if (text) this.#options.send({ kind: "text", pasted, text: text.slice(0, INPUT_TEXT_LENGTH) });
  }

  #clear(): void {
    dom.setValue(this.#field, FILLER);
    dom.setSelectionRange(this.#field, FILLER.length, FILLER.length);
  }
}

function historyMove(
  key: string,
  shortcut: boolean,
  alt: boolean,
): "back" | "forward" | "reload" | undefined {
  if (key === "F5" || (shortcut && key.toLowerCase() === "r")) return "reload";
  if (alt && key === "ArrowLeft") return "back";
  return alt && key === "ArrowRight" ? "forward" : undefined;
}
