import { MirrorWriter } from "../core/codec/writer.ts";
import * as dom from "../core/dom.ts";
import type { EarlyFinds } from "../core/early-finds.ts";
import { Budget } from "../core/flow/budget.ts";
import { Epochs } from "../core/flow/epochs.ts";
import type { FeedbackFrame } from "../core/flow/feedback.ts";
import { Flusher } from "../core/flow/flusher.ts";
import { Poller } from "../core/flow/poller.ts";
import { guarded, listen } from "../core/guard.ts";
import { watchMadeFonts } from "../core/made-fonts.ts";
import { type Opened, openedBy, watchOpened } from "../core/opened.ts";
import { outsideZones } from "../core/zones.ts";
import { writeReady } from "../features/page/wire.ts";
import { together } from "../privacy/labels.ts";
import type { PrivacyPolicy } from "../privacy/policy.ts";
import { Privacy } from "../privacy/verdict.ts";
import { Access } from "./access.ts";
import { CaptureFeatures } from "./features.ts";
import { ViewerFeedback } from "./feedback.ts";
import { Roots } from "./roots.ts";
import { type Subframes, SubframesOnRequest } from "./subframes.ts";
import { TreeCapture } from "./tree.ts";
import type { Capture, CaptureOptions } from "./types.ts";

/**
 * Makes a capture of one window; nothing happens before `start()`.
 * Throws SyntaxError when a selector of the policy is not valid.
 */
export function createCapture(options: CaptureOptions): Capture {
  return new DomCapture(options);
}

class DomCapture implements Capture {
  readonly #opened: Opened;
  readonly #window: Window & typeof globalThis;
  readonly #onError: (error: unknown) => void;
  readonly #onWindow: CaptureOptions["onWindow"];
  #policy: PrivacyPolicy;
  readonly #privacy: Privacy;
  readonly #tree: TreeCapture;
  readonly #access: Access;
  readonly #features: CaptureFeatures;
  readonly #flusher: Flusher;
  readonly #epochs: Epochs;
  readonly #poller: Poller;
  readonly #feedback: ViewerFeedback;
  readonly #subframes: SubframesOnRequest;
  /** What is followed, from the start to the end. */
  #roots: Roots | undefined;
  /** Aborted at the end. */
  readonly #abort = new AbortController();
  #paused = false;

  constructor(options: CaptureOptions) {
    const { window, ignore = () => false } = options;
    const onError = (error: unknown) => {
      // Another party's mistake is no fault of the engine. The script on request has a class of its own for it.
      if ((error as Error | undefined)?.name !== "MalformedFrameError") options.onError?.(error);
    };
    const now = () => performance.now();
    const early: EarlyFinds = options.early ?? {
      closedRoots: new WeakMap(),
      internals: new WeakMap(),
      sheets: new WeakMap(),
      properties: new WeakMap(),
      opened: new WeakMap(),
      fonts: {},
      passwords: new WeakSet(),
      typed: [],
    };
    if (!options.early) {
      watchOpened(window, early.opened);
      watchMadeFonts(window, early.fonts);
    }
    this.#opened = early.opened;
    this.#window = window;
    this.#onError = onError;
    this.#onWindow = options.onWindow;
    this.#policy = options.policy ?? {};
    this.#privacy = new Privacy(this.#policy, early);
    const writer = new MirrorWriter(this.#privacy.secrets);
    const parts = {
      writer,
      budget: new Budget(writer, now),
      privacy: this.#privacy,
      onChange: this.#soon,
    };
    this.#tree = new TreeCapture(
      {
        ...parts,
        window,
        now,
        ignore,
        typed: early.typed,
        closedRoots: early.closedRoots,
        loading: () => !this.#flusher.ready || dom.readyState(window.document) !== "complete",
      },
      {
        element: (element, record, tag, attributes) =>
          this.#features.element(element, record, tag, attributes, !this.#flusher.ready),
        iframe: (iframe) => this.subframes?.iframe(iframe),
        root: (root, inner) => {
          this.#follow(root);
          if (inner) this.#features.document(root as Document);
        },
        optionsChanged: (list) => this.#features.optionsChanged(list),
      },
    );
    const { nodes, texts, fields } = this.#tree;
    this.#access = new Access(nodes, this.#privacy, ignore);
    this.#features = new CaptureFeatures({
      ...parts,
      window,
      nodes,
      texts,
      holdsBack: (field) => fields.holdsBack(field),
      early,
      now,
      motionIntervalMs: options.motionIntervalMs ?? 0,
      loadFeatures: options.loadFeatures,
      onError,
    });
    this.#subframes = new SubframesOnRequest({
      wanted: options.subframes,
      parts: { ...parts, window, nodes, iframes: () => this.#tree.iframes.all(), signal: this.#abort.signal },
      policy: () => this.#policy,
      arrived: (subframes) => this.#features.add(subframes),
      onError,
    });
    this.#flusher = new Flusher({
      ...parts,
      nodes,
      now,
      onError,
      send: options.send,
      compress: options.compress ?? true,
      intervalMs: options.intervalMs,
      begin: () => this.#takeRecords(),
      write: () =>
        together(() => {
          this.#features.page.flush();
          return this.#tree.flush(() => this.#features.flush());
        }),
      complete: () => writeReady(writer),
    });
    this.#epochs = new Epochs(() => this.#guard(() => this.#beginEpoch()), now);
    this.#poller = new Poller(
      () => this.#guard(() => this.#poll()),
      () => this.#features.restless,
    );
    this.#feedback = new ViewerFeedback({
      tree: this.#tree,
      features: this.#features,
      flusher: this.#flusher,
      subframes: () => this.subframes,
      takeRecords: () => this.#takeRecords(),
      resync: () => this.resync(),
    });
  }

  start(): void {
    if (this.#abort.signal.aborted || this.#roots) return;
    outsideZones(this.#window, () => this.#start());
  }

  resync(): void {
    // Nobody has seen anything of an epoch whose first frame is still to be sent.
    if (this.#roots && this.#flusher.sender.seq > 0) this.#epochs.request();
  }

  pause(): void {
    this.#paused = true;
    this.#subframes.setPaused(true);
  }

  resume(): void {
    this.#paused = false;
    this.#subframes.setPaused(false);
    this.#soon();
  }

  feedback(viewer: number, frame: FeedbackFrame): void {
    this.#guard(() => this.#feedback.receive(viewer, frame));
  }

  viewerLeft(viewer: number): void {
    this.#flusher.sender.viewerLeft(viewer);
    this.subframes?.viewerLeft(viewer);
  }

  setPolicy(policy: PrivacyPolicy): void {
    this.#privacy.setPolicy(policy);
    this.#policy = policy;
    // At once: frames that still wait were written by the old policy.
    if (this.#roots) this.#epochs.beginNow();
  }

  get subframes(): Subframes | undefined {
    return this.#subframes.now;
  }

  operableNode(id: number): Node | undefined {
    return this.#access.operableNode(id);
  }

  operable(element: Element): boolean {
    return this.#access.operable(element);
  }

  markableNode(id: number): Node | undefined {
    return this.#access.markableNode(id);
  }

  nearestId(node: Node | null): number {
    return this.#access.nearestId(node);
  }

  holdsMasked(text: string): boolean {
    return !this.#tree.fields.update() || !this.#flusher.ready || this.#access.holdsMasked(text);
  }

  stop(): void {
    this.#abort.abort();
    this.#flusher.stop();
    this.#roots?.stop();
    this.#roots = undefined;
    this.#poller.stop();
    this.#epochs.stop();
    this.#tree.clear();
    this.#tree.fields.stop();
    this.#features.beginEpoch();
    this.#features.stop();
  }

  readonly #soon = (): void =>
    this.#guard(() => {
      this.#poller.wake();
      this.#flusher.soon();
    });

  #start(): void {
    this.#flusher.start();
    this.#roots = new Roots({
      window: this.#window,
      mutated: (records) =>
        this.#guard(() => {
          this.#tree.record(records);
          this.#soon();
        }),
      listen: (root) => this.#listen(root),
      signal: this.#abort.signal,
      heard: {
        sheets: this.#features.styles,
        shadowRoot: (host, shadow) => this.#tree.attached(host, shadow),
        internals: (element, internals) => this.#features.internals(element, internals),
        property: (document, definition) => this.#features.property(document, definition),
        opened: (popover, source) => openedBy(popover, source, this.#opened),
        keep: (node) => this.#tree.keep(node),
        animation: (animation) => this.#features.onRequest.animation(animation),
      },
      onWindow: this.#onWindow,
      onError: this.#onError,
    });
    this.#poller.start();
    this.#features.start(this.#abort.signal);
    this.#subframes.start();
    this.#epochs.beginNow();
  }

  #beginEpoch(): void {
    const { document } = this.#window;
    this.#roots?.takeRecords();
    this.#tree.beginEpoch(document);
    this.#features.beginEpoch();
    this.#flusher.beginEpoch();
    this.#follow(document);
  }

  #follow(root: Document | ShadowRoot): void {
    this.#features.root(root);
    this.#roots?.follow(root);
  }

  #listen(root: Document | ShadowRoot): void {
    const { signal } = this.#abort;
    const options = { capture: true, passive: true, signal, onError: this.#onError };
    this.#tree.fields.listen(root, options);
    this.#features.listen(root, signal);
    listen(root, ["load"], this.#loaded, options);
    listen(root, ["slotchange"], this.#reslotted, options);
  }

  readonly #loaded = ({ target }: Event): void => this.#tree.loaded(target as Element);

  readonly #reslotted = ({ target }: Event): void => this.#tree.reslotted(target as Element);

  /** Takes in what changed; false while nothing may be sent. */
  #takeRecords(): boolean {
    if (this.#paused || !this.#roots) return false;
    this.#tree.record(this.#roots.takeRecords());
    if (this.#tree.fields.update()) return true;
    this.#flusher.soon();
    return false;
  }

  #poll(): void {
    this.#roots?.poll();
    if (this.#paused || !this.#flusher.ready) return;
    this.#tree.iframes.poll();
    if (!this.#tree.fields.update() || this.#features.poll()) this.#soon();
  }

  #guard(work: () => void): void {
    guarded(this.#onError, work)();
  }
}
