import { type MirrorFrame, NO_PICTURE, type Picture } from "@copane/protocol";
import { decodeNotice } from "../control/notice.ts";
import { encodeInput, type HistoryMove } from "../control/wire.ts";
import { DOCUMENT_ID } from "../core/codec/types.ts";
import { encodeFeedback } from "../core/flow/feedback.ts";
import { MirrorStream } from "../core/flow/stream.ts";
import { AssetStore } from "../features/assets/replica.ts";
import { ReplicaDrift } from "../features/drift/replica.ts";
import { FontStore } from "../features/fonts/font-store.ts";
import { ReplicaFonts } from "../features/fonts/replica.ts";
import { TextStore } from "../features/style-texts/text-store.ts";
import type { MarkedReplica } from "../marks/agent.ts";
import { ReplicaFrames } from "../subframes/replica.ts";
import { AgentInput } from "./input.ts";
import { Looking } from "./looking.ts";
import { PageBuilder, type PageEvents } from "./page.ts";
import { Stage } from "./stage.ts";
import type { Replica, ReplicaOptions, ReplicaView } from "./types.ts";

/** How long a page may wait for its styles before it is shown anyway. */
const STYLES_MS = 1_500;

/** How often a page that waits for them is looked at. */
const LOOK_MS = 30;

/** Font files and texts of styles of all sessions that this page of the agent has shown. */
const fontStore = new FontStore();
const textStore = new TextStore();

/** One epoch's page: its frame and what builds it. */
interface Page {
  picture: Picture;
  frame: HTMLIFrameElement;
  builder: PageBuilder;
  frames: ReplicaFrames;
  /** All of it is built. */
  ready: boolean;
  /** It is in sight, the first page even while it builds. */
  seen: boolean;
  /** When it is shown whatever it still lacks. */
  deadline: number | undefined;
  /** From the time on when it is complete. */
  drift?: ReplicaDrift;
}

/** Makes a replica in `options.container`; it shows the customer's page from the first keyframe on. */
export function createReplica(options: ReplicaOptions): Replica {
  return new DomReplica(options);
}

class DomReplica implements Replica {
  readonly #options: ReplicaOptions;
  readonly #stage: Stage;
  readonly #stream: MirrorStream;
  readonly #input: AgentInput;
  readonly #fonts: ReplicaFonts;
  readonly #assets = new AssetStore();
  readonly #looking: Looking;
  readonly #onError: (error: unknown) => void;
  /** The page in sight, and the one being built to take its place. */
  #shown: Page | undefined;
  #next: Page | undefined;
  #showTimer: ReturnType<typeof setTimeout> | undefined;
  #control = false;
  #scrollsOnly = false;
  /** The agent's hand draws: it operates nothing. */
  #suspended = false;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.#onError = options.onError ?? (() => {});
    this.#stage = new Stage(options.container, options.label);
    this.#stream = new MirrorStream({
      beginEpoch: (picture) => this.#beginEpoch(picture),
      applied: () => this.#applied(),
      send: (frame) => options.sendFeedback(frame),
      onError: this.#onError,
    });
    this.#fonts = new ReplicaFonts(
      (wanted) => this.#stream.sendFeedback(encodeFeedback({ kind: "fonts", wanted })),
      fontStore,
    );
    this.#looking = new Looking(this.#stage, () => this.#control && !this.#suspended);
    this.#input = new AgentInput({
      stage: this.#stage,
      nodes: () => this.#shown?.builder.nodes,
      selected: () => this.#shown?.builder.selectedText ?? "",
      sendInput: (payload) => options.sendInput(payload),
      sendPointer: (payload) => options.sendPointer(payload),
      motionIntervalMs: options.motionIntervalMs ?? 0,
    });
  }

  get frame(): HTMLIFrameElement {
    return this.#stage.frame;
  }

  get picture(): Picture {
    return this.#shown?.picture ?? NO_PICTURE;
  }

  receive(frame: MirrorFrame): void {
    this.#stream.receive(frame);
  }

  get marked(): MarkedReplica {
    const stage = this.#stage;
    const operates = () => this.#control && !this.#suspended;
    return {
      layer: stage.layer,
      surface: stage.surface,
      page: () => this.#markPage(),
      toPage: (x, y) => stage.toViewport(x, y),
      get operates() {
        return operates();
      },
      suspend: (on) => {
        this.#suspended = on;
        this.#input.setControl(operates(), this.#scrollsOnly);
      },
    };
  }

  notice(payload: Uint8Array): void {
    try {
      this.#options.onNotice?.(decodeNotice(payload));
    } catch (error) {
      this.#onError(error);
    }
  }

  navigate(go: HistoryMove): void {
    this.#input.navigate(go);
  }

  setControl(on: boolean, scrollsOnly = false): void {
    this.#control = on;
    this.#scrollsOnly = scrollsOnly;
    this.#input.setControl(on && !this.#suspended, scrollsOnly);
  }

  get scale(): number {
    return this.#stage.scale;
  }

  setView({ zoom, device, follow }: ReplicaView): void {
    this.#stage.setView(zoom, device);
    this.#looking.setFollowing(follow);
    for (const page of [this.#shown, this.#next]) {
      page?.builder.setFollowing(follow);
      page?.frames.setFollowing(follow);
    }
  }

  bringCustomer(): void {
    const view = this.#stage.frame.contentWindow;
    if (!view) return;
    const { scrollX: left, scrollY: top } = view;
    this.#options.sendInput(encodeInput({ kind: "scroll", id: DOCUMENT_ID, left, top }));
  }

  idOf(element: Element): number {
    const nodes = this.#shown?.builder.nodes;
    const id = nodes?.nearestId(element) ?? 0;
    return nodes?.resolve(id) === element ? id : 0;
  }

  refresh(): void {
    this.#stream.requestResync();
  }

  destroy(): void {
    clearTimeout(this.#showTimer);
    this.#stream.destroy();
    this.#input.destroy();
    this.#looking.destroy();
    this.#fonts.destroy();
    this.#end(this.#shown);
    this.#end(this.#next);
    this.#stage.destroy();
  }

  #beginEpoch(picture: Picture): PageBuilder {
    clearTimeout(this.#showTimer);
    this.#end(this.#next);
    this.#next?.frame.remove();
    this.#next = undefined;
    // What is compared from here on is the new epoch's.
    this.#shown?.drift?.destroy();
    this.#stage.veil(false);
    // The first page is seen while it builds, if it begins with its styles; a later one takes over when it is complete.
    const first = this.#shown === undefined;
    const frame = first ? this.#stage.frame : this.#stage.prepare();
    const document = frame.contentDocument;
    if (document === null) throw new Error("the replica's frame has no document");
    this.#fonts.beginEpoch();
    const events: PageEvents = {
      page: (url, title) => this.#options.onPage?.({ url, title }),
      viewport: (width, height, clientWidth) => this.#stage.setViewport(width, height, clientWidth),
      cursor: (x, y) => this.#stage.setCursor(x, y),
      ready: () => this.#ready(builder),
      document: (inner) => this.#fonts.watch(inner),
      font: (keys, bytes) => this.#fonts.receive(keys, bytes),
      knownFont: (keys, hash) => this.#fonts.receiveKnown(keys, hash),
      wanted: (wanted) => this.#stream.sendFeedback(encodeFeedback({ kind: "assets", wanted })),
      fidelity: (compared, repaired) => this.#options.onFidelity?.({ compared, repaired }),
      compare: (id) => this.#shown?.drift?.compare(id),
      frame: (...args) => frames.receive(...args),
      lost: () => this.#stream.requestResync(),
    };
    const builder = new PageBuilder(document, events, this.#assets, textStore);
    builder.setFollowing(this.#looking.following);
    const frames = new ReplicaFrames(builder.nodes, {
      feedback: (payload) => this.#stream.sendFeedback(payload),
      cursor: (x, y) => this.#stage.setCursor(x, y),
    });
    frames.setFollowing(this.#looking.following);
    const page: Page = { picture, frame, builder, frames, ready: false, seen: false, deadline: undefined };
    if (first) this.#shown = page;
    else this.#next = page;
    return builder;
  }

  #markPage(): ReturnType<MarkedReplica["page"]> {
    const shown = this.#shown;
    const window = shown?.frame.contentWindow as (Window & typeof globalThis) | null | undefined;
    if (!shown || !window) return undefined;
    const { nodes } = shown.builder;
    return { window, nearestId: (node) => nodes.nearestOwnId(node), node: (id) => nodes.get(id) };
  }

  #applied(): void {
    const page = this.#next ?? this.#shown;
    page?.builder.settle();
    page?.frames.tidy();
    this.#stage.contentChanged();
    if (page && page === this.#shown && !page.seen) this.#look(page);
  }

  #ready(builder: PageBuilder): void {
    const page = this.#next ?? this.#shown;
    if (page?.builder !== builder || page.ready) return;
    page.ready = true;
    this.#look(page);
  }

  /** Shows a page, unless its styles are worth waiting for. */
  #look(page: Page): void {
    clearTimeout(this.#showTimer);
    const first = page === this.#shown;
    const styled = page.builder.styled && (first || stylesLoaded(page.frame));
    page.deadline ??= performance.now() + STYLES_MS;
    const waits = !styled && performance.now() < page.deadline;
    if (first && !page.seen) {
      this.#stage.veil(waits);
      page.seen = !waits;
    }
    if (waits) this.#showTimer = setTimeout(() => this.#look(page), LOOK_MS);
    else if (page.ready) this.#show(page);
  }

  #show(page: Page): void {
    page.seen = true;
    if (page !== this.#shown) {
      this.#end(this.#shown);
      this.#shown = page;
      this.#next = undefined;
      const { scrollX, scrollY } = this.#stage.frame.contentWindow ?? window;
      this.#stage.show(page.frame);
      if (!this.#looking.following) page.frame.contentWindow?.scrollTo(scrollX, scrollY);
      page.builder.settleScroll();
    }
    this.#complete(page);
  }

  #complete(page: Page): void {
    const { frame, builder } = page;
    if (frame.contentDocument) {
      page.drift = new ReplicaDrift({
        page: builder,
        document: frame.contentDocument,
        applied: () => this.#stream.applied,
        send: (payload) => this.#stream.sendFeedback(payload),
      });
    }
    this.#options.onReady?.();
  }

  #end(page: Page | undefined): void {
    page?.drift?.destroy();
    page?.frames.destroy();
    page?.builder.destroy();
  }
}

/** A link whose sheet has arrived (or failed) has a `sheet`, whatever its origin. */
function stylesLoaded(frame: HTMLIFrameElement): boolean {
  for (const link of frame.contentDocument?.querySelectorAll<HTMLLinkElement>(
    "link[rel~=stylesheet][href]",
  ) ?? []) {
    if (link.sheet === null && !link.disabled) return false;
  }
  return true;
}
