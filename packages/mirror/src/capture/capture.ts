import { decodeFeedback, MirrorWriter } from "@copane/protocol";
import { Privacy, Verdict } from "../privacy/verdict.ts";
import { Budget } from "./budget.ts";
import { Changes } from "./changes.ts";
import { Fonts } from "./fonts.ts";
import { Forms } from "./forms.ts";
import { installHooks } from "./hooked.ts";
import { Hooks } from "./hooks.ts";
import { Interaction } from "./interaction.ts";
import { type NodeRecord, NodeTable } from "./nodes.ts";
import { Pictures } from "./pictures.ts";
import { Scheduler } from "./scheduler.ts";
import { Sender } from "./sender.ts";
import { Sheets } from "./sheets.ts";
import type { Capture, CaptureOptions } from "./types.ts";
import { contentDocument, type Discovery, Walker } from "./walker.ts";

/** How often we look for what no event tells: form state set by scripts, adopted sheets, the address. */
const LOOK_MS = 150;

/** Epochs begin at least this far apart, however often viewers ask. */
const EPOCH_MS = 300;

/**
 * Makes a capture of one window; nothing happens before `start()`.
 * Throws SyntaxError when a selector of the policy is not valid.
 */
export function createCapture(options: CaptureOptions): Capture {
  return new DomCapture(options);
}

class DomCapture implements Capture, Discovery {
  readonly #window: Window & typeof globalThis;
  readonly #onError: (error: unknown) => void;
  readonly #ignore: (element: Element) => boolean;
  readonly #now: () => number;
  readonly #nodes = new NodeTable();
  readonly #writer = new MirrorWriter();
  readonly #privacy: Privacy;
  readonly #budget: Budget;
  readonly #changes: Changes;
  readonly #walker: Walker;
  readonly #forms: Forms;
  readonly #sheets: Sheets;
  readonly #interaction: Interaction;
  readonly #pictures: Pictures;
  readonly #fonts: Fonts;
  readonly #sender: Sender;
  readonly #hooks: Hooks;
  /** Iframes the viewers have, and the document inside that they were given. */
  readonly #frames = new Map<HTMLIFrameElement, Document | undefined>();
  readonly #watched = new WeakSet<Document | ShadowRoot>();
  readonly #abort = new AbortController();
  #scheduler: Scheduler | undefined;
  #observer: MutationObserver | undefined;
  #look: ReturnType<typeof setInterval> | undefined;
  #epochTimer: ReturnType<typeof setTimeout> | undefined;
  #epochAt = Number.NEGATIVE_INFINITY;
  #ready = false;
  #paused = false;
  #stopped = false;

  constructor(options: CaptureOptions) {
    this.#window = options.window;
    this.#onError = options.onError ?? (() => {});
    this.#ignore = options.ignore ?? (() => false);
    this.#now = () => this.#window.performance.now();
    const changed = () => this.#scheduler?.soon();
    this.#privacy = new Privacy(options.policy);
    this.#budget = new Budget(this.#writer, this.#now);
    const parts = { nodes: this.#nodes, writer: this.#writer, privacy: this.#privacy, budget: this.#budget };
    this.#walker = new Walker(parts, this.#ignore, this);
    this.#changes = new Changes(parts, this.#walker);
    this.#forms = new Forms(this.#writer);
    this.#sheets = new Sheets(this.#nodes, this.#writer, changed);
    this.#interaction = new Interaction(this.#window, this.#nodes, this.#writer, changed);
    this.#pictures = new Pictures(this.#writer, this.#now, changed);
    this.#fonts = new Fonts(this.#window.document, this.#writer, changed);
    this.#hooks = new Hooks(this.#onError);
    this.#sender = new Sender({
      send: options.send,
      onRoom: changed,
      onError: this.#onError,
      now: this.#now,
    });
  }

  start(): void {
    if (this.#stopped || this.#observer) return;
    this.#scheduler = new Scheduler(() => this.#guard(() => this.#flush()), this.#now);
    this.#observer = new this.#window.MutationObserver((records) => {
      this.#guard(() => this.#changes.record(records));
      this.#scheduler?.soon();
    });
    this.#interaction.listenWindow(this.#abort.signal);
    this.#look = setInterval(() => this.#guard(() => this.#lookAround()), LOOK_MS);
    this.#watch(this.#window.document);
    this.#beginEpoch();
  }

  resync(): void {
    if (!this.#observer || this.#epochTimer !== undefined) return;
    const wait = this.#epochAt + EPOCH_MS - this.#now();
    // Nobody has seen anything of an epoch whose first frame is still to be sent.
    if (this.#sender.seq === 0) return;
    if (wait <= 0) this.#beginEpoch();
    else {
      this.#epochTimer = setTimeout(() => {
        this.#epochTimer = undefined;
        this.#guard(() => this.#beginEpoch());
      }, wait);
    }
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#scheduler?.soon();
  }

  feedback(viewer: number, payload: Uint8Array): void {
    this.#guard(() => {
      const feedback = decodeFeedback(payload);
      if (feedback.kind === "ack") this.#sender.ack(viewer, feedback.epoch, feedback.seq);
      else if (feedback.kind === "resync") this.resync();
      else this.#fonts.request(feedback.keys).catch(this.#onError);
    });
  }

  viewerLeft(viewer: number): void {
    this.#sender.viewerLeft(viewer);
  }

  addRemovedId(id: string): void {
    this.#privacy.addRemovedId(id);
    const element = this.#window.document.getElementById(id);
    if (!this.#observer || element === null) return;
    this.#changes.renew(element);
    this.#scheduler?.soon();
  }

  operableNode(id: number): Node | undefined {
    const record = this.#nodes.byId(id);
    if (record === undefined || record.masked || record.blocked || !record.node.isConnected) return undefined;
    const element = record.node.nodeType === Node.ELEMENT_NODE ? record.node : record.node.parentElement;
    return element && !this.operable(element as Element) ? undefined : record.node;
  }

  operable(element: Element): boolean {
    // The page may have changed since the last flush: what counts is what the element is now.
    for (let up: Node | null = element; up !== null; up = up.parentNode ?? (up as ShadowRoot).host ?? null) {
      if (up.nodeType !== Node.ELEMENT_NODE) continue;
      if (this.#ignore(up as Element) || this.#privacy.decide(up as Element) !== Verdict.show) return false;
    }
    return true;
  }

  stop(): void {
    this.#stopped = true;
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#scheduler?.stop();
    this.#abort.abort();
    clearInterval(this.#look);
    clearTimeout(this.#epochTimer);
    this.#hooks.restore();
    this.#nodes.clear();
    this.#forgetState();
  }

  element(element: Element, record: NodeRecord): void {
    switch (element.localName) {
      case "input":
      case "textarea":
      case "select":
        this.#forms.add(element, record);
        break;
      case "style":
      case "link":
        this.#sheets.addOwner(element, record);
        break;
      case "canvas":
        this.#pictures.add(element, record);
        break;
      case "iframe":
        if (!this.#frames.has(element as HTMLIFrameElement)) {
          this.#frames.set(element as HTMLIFrameElement, undefined);
        }
        break;
    }
    this.#interaction.addLayered(element);
    if (!this.#ready) this.#interaction.addScrolled(element);
  }

  shadowRoot(root: ShadowRoot): void {
    this.#watch(root);
  }

  document(frame: HTMLIFrameElement, document: Document): void {
    this.#frames.set(frame, document);
    this.#watch(document);
    this.#interaction.addDocument(document);
  }

  placed(node: Node): void {
    this.#changes.placed(node);
  }

  #beginEpoch(): void {
    this.#epochAt = this.#now();
    this.#observer?.takeRecords();
    this.#nodes.clear();
    this.#walker.reset();
    this.#forgetState();
    this.#writer.beginEpoch();
    this.#sender.beginEpoch();
    this.#ready = false;
    const { document } = this.#window;
    this.#walker.start(this.#nodes.add(document, false));
    this.#sheets.addRoot(document);
    this.#scheduler?.next();
  }

  #forgetState(): void {
    this.#changes.clear();
    this.#forms.clear();
    this.#sheets.clear();
    this.#pictures.clear();
    this.#fonts.clear();
    this.#interaction.clear();
    this.#frames.clear();
  }

  /** Follows a document or shadow root: mutations, events, and in a new window the hooks. */
  #watch(root: Document | ShadowRoot): void {
    this.#sheets.addRoot(root);
    if (this.#watched.has(root)) return;
    this.#watched.add(root);
    this.#observer?.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    const { signal } = this.#abort;
    this.#interaction.listen(root, signal);
    for (const type of ["input", "change", "reset"]) {
      root.addEventListener(type, () => this.#scheduler?.soon(), { capture: true, passive: true, signal });
    }
    if (root.nodeType !== Node.DOCUMENT_NODE) return;
    root.addEventListener("load", () => this.#guard(() => this.#checkFrames()), { capture: true, signal });
    const view = (root as Document).defaultView;
    if (view) installHooks(this.#hooks, view, this.#sheets, (host, shadow) => this.#attached(host, shadow));
  }

  #attached(host: Element, root: ShadowRoot): void {
    this.#walker.noteShadowRoot(host, root);
    this.#changes.renew(host);
    this.#scheduler?.soon();
  }

  #flush(): void {
    if (this.#paused || !this.#observer || this.#sender.blocked) return;
    this.#changes.record(this.#observer.takeRecords());
    this.#budget.startSlice();
    let done = false;
    while (!done && !this.#sender.blocked) {
      this.#writer.beginFrame(this.#sender.epoch, this.#sender.seq);
      const empty = this.#writer.length;
      this.#interaction.flushFrame();
      done = this.#changes.flush() && this.#walker.resume();
      if (done) this.#flushState();
      if (this.#writer.length > empty) this.#sender.push(this.#writer.endFrame());
      if (this.#budget.late) break;
    }
    if (!done && !this.#sender.blocked) this.#scheduler?.next();
  }

  #flushState(): void {
    this.#sheets.flush();
    this.#forms.flush();
    this.#pictures.flush();
    this.#interaction.flush();
    if (this.#fonts.flush()) this.#scheduler?.soon();
    if (this.#ready) return;
    this.#ready = true;
    this.#writer.ready();
  }

  #lookAround(): void {
    if (this.#paused || !this.#ready) return;
    this.#checkFrames();
    this.#pictures.look();
    if (this.#forms.changed() || this.#sheets.changed() || this.#interaction.changed())
      this.#scheduler?.soon();
  }

  /** An iframe got another document, by loading or by a script. */
  #checkFrames(): void {
    for (const [frame, document] of this.#frames) {
      if (this.#nodes.mirrored(frame) === undefined) this.#frames.delete(frame);
      else if (contentDocument(frame) !== document) {
        this.#frames.delete(frame);
        this.#changes.renew(frame);
        this.#scheduler?.soon();
      }
    }
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#onError(error);
    }
  }
}
