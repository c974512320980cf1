import * as FrameType from "@copane/protocol/frame-type";
import { Asset } from "../core/codec/types.ts";
import { MirrorWriter } from "../core/codec/writer.ts";
import { Budget } from "../core/flow/budget.ts";
import { decodeFeedback, type Feedback, type FeedbackFrame } from "../core/flow/feedback.ts";
import { Scheduler } from "../core/flow/scheduler.ts";
import { Sender } from "../core/flow/sender.ts";
import { Hooks } from "../core/hooks.ts";
import { ELEMENT } from "../core/node-types.ts";
import { Changes } from "../core/tree/changes.ts";
import { type NodeRecord, NodeTable } from "../core/tree/node-table.ts";
import { isFrame } from "../core/tree/sanitise.ts";
import { contentDocument, type Discovery, Walker } from "../core/tree/walker.ts";
import { parentOrHost } from "../core/walk.ts";
import { outsideZones } from "../core/zones.ts";
import { DriftCheck } from "../features/drift/capture.ts";
import { StyleTexts } from "../features/style-texts/capture.ts";
import { Privacy } from "../privacy/verdict.ts";
import * as Verdict from "../privacy/verdicts.ts";
import { Watchers } from "./features.ts";
import { installHooks } from "./install-hooks.ts";
import type { Capture, CaptureExtension, CaptureOptions, CaptureParts, PrivacyPolicy } from "./types.ts";

/**
 * How often we look for what no event tells: form state set by scripts, adopted sheets, the address. While nothing
 * happens at all it is less and less often, down to the second figure.
 */
const LOOK_MS = 150;
const QUIET_LOOK_MS = 600;

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
  readonly #intervalMs: number | undefined;
  readonly #ignore: (element: Element) => boolean;
  readonly #onWindow: CaptureOptions["onWindow"];
  readonly #now: () => number;
  readonly #nodes = new NodeTable();
  readonly #writer = new MirrorWriter();
  readonly #privacy: Privacy;
  readonly #budget: Budget;
  readonly #texts: StyleTexts;
  readonly #changes: Changes;
  readonly #walker: Walker;
  readonly #watch: Watchers;
  readonly #drift: DriftCheck;
  readonly #sender: Sender;
  readonly #hooks: Hooks;
  /** Iframes the viewers have, and the document inside that they were given. */
  readonly #frames = new Map<HTMLIFrameElement, Document | undefined>();
  /** Prototypes, each of one window: an iframe that loads another page keeps its `Window` by name only. */
  readonly #hooked = new WeakSet<Element>();
  readonly #abort = new AbortController();
  #extension: CaptureExtension | undefined;
  #scheduler: Scheduler | undefined;
  #observer: MutationObserver | undefined;
  #lookTimer: ReturnType<typeof setTimeout> | undefined;
  #lookMs = LOOK_MS;
  #epochTimer: ReturnType<typeof setTimeout> | undefined;
  #epochAt = Number.NEGATIVE_INFINITY;
  /** The root element that listeners were last set for: `document.open()` erases them all. */
  #listenedFor: Element | null = null;
  #ready = false;
  #paused = false;
  #stopped = false;

  constructor(options: CaptureOptions) {
    this.#window = options.window;
    this.#onError = options.onError ?? (() => {});
    this.#ignore = options.ignore ?? (() => false);
    this.#intervalMs = options.intervalMs;
    this.#onWindow = options.onWindow;
    this.#now = () => this.#window.performance.now();
    this.#privacy = new Privacy(options.policy);
    this.#budget = new Budget(this.#writer, this.#now);
    const loading = () => !this.#ready || this.#window.document.readyState !== "complete";
    this.#texts = new StyleTexts(this.#writer, this.#budget, loading, this.#soon);
    const parts = {
      nodes: this.#nodes,
      writer: this.#writer,
      privacy: this.#privacy,
      budget: this.#budget,
      texts: this.#texts,
    };
    const early = options.early ?? {
      closedRoots: new WeakMap(),
      internals: new WeakMap(),
      sheets: new WeakMap(),
    };
    this.#walker = new Walker(parts, this.#ignore, this, early.closedRoots);
    this.#changes = new Changes(parts, this.#walker, this);
    this.#drift = new DriftCheck(parts, this.#walker, this.#changes);
    this.#watch = new Watchers({
      ...parts,
      window: this.#window,
      early,
      now: this.#now,
      motionIntervalMs: options.motionIntervalMs ?? 0,
      loadRare: options.loadRare,
      onChange: this.#soon,
      onError: this.#onError,
    });
    this.#hooks = new Hooks(this.#onError);
    this.#sender = new Sender({
      send: options.send,
      deflateFrom: options.deflateFrom,
      onRoom: this.#soon,
      onError: this.#onError,
      now: this.#now,
    });
  }

  start(): void {
    if (this.#stopped || this.#observer) return;
    outsideZones(this.#window, () => this.#start());
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
    this.#extension?.setPaused(true);
  }

  resume(): void {
    this.#paused = false;
    this.#extension?.setPaused(false);
    this.#soon();
  }

  feedback(viewer: number, { type, epoch, seq, payload }: FeedbackFrame): void {
    this.#guard(() => {
      if (type === FrameType.ack) this.#sender.ack(viewer, epoch, seq);
      else if (type === FrameType.resync) this.resync();
      else this.#heard(viewer, decodeFeedback(payload));
    });
  }

  viewerLeft(viewer: number): void {
    this.#sender.viewerLeft(viewer);
    this.#extension?.viewerLeft(viewer);
  }

  setPolicy(policy: PrivacyPolicy): void {
    this.#privacy.setPolicy(policy);
    // At once, whatever was asked how lately: frames that still wait were written by the old policy.
    clearTimeout(this.#epochTimer);
    this.#epochTimer = undefined;
    if (this.#observer) this.#beginEpoch();
  }

  extend<E extends CaptureExtension>(make: (parts: CaptureParts) => E): E {
    const extension = make({
      window: this.#window,
      nodes: this.#nodes,
      writer: this.#writer,
      budget: this.#budget,
      frames: () => this.#frames.keys(),
      onChange: this.#soon,
      signal: this.#abort.signal,
    });
    extension.setPaused(this.#paused);
    this.#watch.add(extension);
    this.#extension = extension;
    return extension;
  }

  operableNode(id: number): Node | undefined {
    const record = this.#nodes.byId(id);
    if (record === undefined || record.masked || record.blocked || !record.node.isConnected) return undefined;
    const element = record.node.nodeType === ELEMENT ? record.node : record.node.parentElement;
    return element && !this.operable(element as Element) ? undefined : record.node;
  }

  operable(element: Element): boolean {
    // The page may have changed since the last flush: what counts is what the element is now.
    for (let up: Node | null = element; up !== null; up = parentOrHost(up)) {
      if (up.nodeType !== ELEMENT) continue;
      if (this.#ignore(up as Element) || this.#privacy.decide(up as Element) !== Verdict.show) return false;
    }
    return true;
  }

  markableNode(id: number): Node | undefined {
    const node = this.#nodes.byId(id)?.node;
    if (!node?.isConnected) return undefined;
    for (let up: Node | null = node; up !== null; up = parentOrHost(up)) {
      if (up.nodeType !== ELEMENT) continue;
      if (this.#ignore(up as Element) || this.#privacy.decide(up as Element) > Verdict.block)
        return undefined;
    }
    return node;
  }

  nearestId(node: Node | null): number {
    for (let up = node; up !== null; up = parentOrHost(up)) {
      const id = this.#nodes.idOf(up);
      if (id) return id;
    }
    return 0;
  }

  holdsMasked(text: string): boolean {
    if (!this.#ready) return true;
    for (const { node, masked, blocked } of this.#nodes.all()) {
      if (!masked && !blocked) continue;
      const secret = (node as HTMLInputElement).value || node.textContent || "";
      if (
        String(secret)
          .split(/\s+/)
          .some((word) => word.length > 2 && text.includes(word))
      )
        return true;
    }
    return false;
  }

  stop(): void {
    this.#stopped = true;
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#scheduler?.stop();
    this.#abort.abort();
    clearTimeout(this.#lookTimer);
    clearTimeout(this.#epochTimer);
    this.#hooks.restore();
    this.#nodes.clear();
    this.#forgetState();
    this.#watch.stop();
  }

  element(element: Element, record: NodeRecord, tag: string, attributes: readonly string[]): void {
    this.#watch.element(element, record, tag, attributes, !this.#ready);
    if (!isFrame(tag)) return;
    const frame = element as HTMLIFrameElement;
    if (!this.#frames.has(frame)) this.#frames.set(frame, undefined);
    this.#extension?.frame(frame);
  }

  shadowRoot(root: ShadowRoot): void {
    this.#follow(root);
  }

  document(frame: HTMLIFrameElement, document: Document): void {
    this.#frames.set(frame, document);
    this.#follow(document);
    this.#watch.document(document);
  }

  placed(node: Node): void {
    this.#changes.placed(node);
  }

  optionsChanged(list: Element): void {
    this.#watch.optionsChanged(list);
  }

  readonly #soon = (): void => {
    if (this.#lookMs > LOOK_MS) this.#lookIn(LOOK_MS);
    this.#scheduler?.soon();
  };

  #start(): void {
    this.#scheduler = new Scheduler(() => this.#guard(() => this.#flush()), this.#now, this.#intervalMs);
    this.#observer = new this.#window.MutationObserver((records) => {
      this.#guard(() => this.#changes.record(records));
      this.#soon();
    });
    this.#lookIn(LOOK_MS);
    this.#watch.start(this.#abort.signal);
    this.#beginEpoch();
  }

  #heard(viewer: number, feedback: Feedback): void {
    switch (feedback.kind) {
      case "fonts":
        this.#watch.rare.ask((rare) => rare.fonts(feedback.wanted));
        break;
      case "assets":
        for (const { id, asset } of feedback.wanted) this.#asked(id, asset);
        break;
      case "check":
        this.#check(feedback);
        break;
      case "frame":
        this.#extension?.feedback(viewer, feedback.number, feedback.payload);
        break;
    }
  }

  #check({ epoch, seq, parts }: Extract<Feedback, { kind: "check" }>): void {
    if (this.#paused || !this.#ready || epoch !== this.#sender.epoch || !this.#observer) return;
    this.#changes.record(this.#observer.takeRecords());
    if (!this.#changes.settled) return;
    const again = this.#drift.check(seq, parts);
    if (again === "part") this.#watch.sheets.repeat();
    if (again === "all") this.resync();
    else if (again === "part" || this.#drift.owes) this.#soon();
  }

  #asked(id: number, asset: Asset): void {
    if (asset === Asset.text) {
      this.#texts.ask(id);
      return;
    }
    const record = this.#nodes.byId(id);
    if (record === undefined || record.masked || record.opaque) return;
    if (asset === Asset.sheet) this.#watch.sheets.requestText(record);
    else this.#watch.rare.ask((rare) => rare.asset(record, asset));
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
    this.#follow(document);
    this.#scheduler?.next();
  }

  #forgetState(): void {
    this.#changes.clear();
    this.#texts.clear();
    this.#watch.clear();
    this.#frames.clear();
  }

  /** Follows a document or shadow root: mutations, events, and in a new window the hooks. */
  #follow(root: Document | ShadowRoot): void {
    this.#watch.root(root);
    this.#observer?.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    this.#listen(root);
    const view = (root as Document).defaultView;
    if (!view || this.#hooked.has(view.Element.prototype)) return;
    this.#hooked.add(view.Element.prototype);
    this.#onWindow?.(view, this.#abort.signal);
    installHooks(this.#hooks, view, {
      sheets: this.#watch.sheets,
      shadowRoot: (host, shadow) => this.#attached(host, shadow),
      internals: (element, internals) => this.#watch.internals(element, internals),
      animation: (animation) => this.#watch.rare.animation(animation),
    });
  }

  #listen(root: Document | ShadowRoot): void {
    this.#watch.listen(root, this.#abort.signal);
    const options = { capture: true, signal: this.#abort.signal };
    root.addEventListener("load", this.#loaded, options);
    if (root === this.#window.document) this.#listenedFor = this.#window.document.documentElement;
  }

  readonly #loaded = (event: Event): void => {
    const target = event.target as Element;
    if (target.localName === "img" && (target as HTMLImageElement).loading === "lazy") {
      this.#changes.touch(target, ["src", "srcset"]);
      this.#soon();
    }
    this.#guard(() => this.#checkFrames());
  };

  #attached(host: Element, root: ShadowRoot): void {
    this.#walker.noteShadowRoot(host, root);
    this.#changes.renew(host);
    this.#soon();
  }

  #flush(): void {
    if (this.#paused || !this.#observer || this.#sender.blocked) return;
    this.#changes.record(this.#observer.takeRecords());
    this.#budget.startSlice();
    let done = false;
    while (!done && !this.#sender.blocked) {
      this.#writer.beginFrame();
      this.#nodes.frame = this.#sender.seq;
      const snapshot = !this.#ready;
      this.#watch.page.flush();
      done = this.#changes.flush() && this.#walker.resume() && this.#watch.flush();
      done = this.#texts.flush() && done;
      if (done) this.#drift.flush();
      if (done && !this.#ready) {
        this.#ready = true;
        this.#writer.ready();
      }
      if (this.#writer.length > 0) {
        if (!snapshot) this.#scheduler?.spend(this.#writer.length);
        this.#sender.push(this.#writer.endFrame());
      }
      if (this.#budget.late) break;
    }
    if (!done && !this.#sender.blocked) this.#scheduler?.next();
  }

  #lookIn(ms: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#lookTimer);
    this.#lookMs = ms;
    this.#lookTimer = setTimeout(() => {
      this.#lookMs = this.#watch.restless ? LOOK_MS : Math.min(ms * 2, QUIET_LOOK_MS);
      this.#guard(() => this.#lookAround());
      // Sooner, if it found something.
      this.#lookIn(this.#lookMs);
    }, ms);
  }

  #lookAround(): void {
    const { document } = this.#window;
    if (document.documentElement !== this.#listenedFor) this.#listen(document);
    if (this.#paused || !this.#ready) return;
    this.#checkFrames();
    if (this.#watch.look()) this.#soon();
  }

  /** An iframe got another document, by loading or by a script. */
  #checkFrames(): void {
    for (const [frame, document] of this.#frames) {
      if (this.#nodes.mirrored(frame) === undefined) this.#frames.delete(frame);
      else if (contentDocument(frame) !== document) {
        this.#frames.delete(frame);
        this.#changes.renew(frame);
        this.#soon();
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
