import { encodeFeedback } from "@copane/protocol";
import { AssetStore } from "./assets.ts";
import { PageBuilder, type PageEvents } from "./builder.ts";
import { ReplicaFonts } from "./fonts.ts";
import { AgentInput } from "./input.ts";
import { Stage } from "./stage.ts";
import { MirrorStream } from "./stream.ts";
import type { Replica, ReplicaOptions } from "./types.ts";

/** How long a new epoch may wait for its stylesheets before it is shown anyway. */
const STYLES_MS = 1_500;

/** One epoch's page: its frame and what builds it. */
interface Page {
  frame: HTMLIFrameElement;
  builder: PageBuilder;
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
  readonly #onError: (error: unknown) => void;
  /** The page in sight, and the one being built to take its place. */
  #shown: Page | undefined;
  #next: Page | undefined;
  #showTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.#onError = options.onError ?? (() => {});
    this.#stage = new Stage(options.container, options.label);
    this.#stream = new MirrorStream({
      beginEpoch: () => this.#beginEpoch(),
      applied: () => this.#applied(),
      sendFeedback: (payload) => options.sendFeedback(payload),
      onError: this.#onError,
    });
    this.#fonts = new ReplicaFonts((keys) => options.sendFeedback(encodeFeedback({ kind: "fonts", keys })));
    this.#input = new AgentInput({
      stage: this.#stage,
      nodes: () => this.#shown?.builder.nodes,
      sendInput: (payload) => options.sendInput(payload),
      sendPointer: (payload) => options.sendPointer(payload),
    });
  }

  get frame(): HTMLIFrameElement {
    return this.#stage.frame;
  }

  receive(flags: number, payload: Uint8Array): void {
    this.#stream.receive(flags, payload);
  }

  setControl(on: boolean): void {
    this.#input.setControl(on);
  }

  idOf(element: Element): number {
    const nodes = this.#shown?.builder.nodes;
    const id = nodes?.nearestId(element) ?? 0;
    return nodes?.element(id) === element ? id : 0;
  }

  refresh(): void {
    this.#stream.requestResync();
  }

  destroy(): void {
    clearTimeout(this.#showTimer);
    this.#stream.destroy();
    this.#input.destroy();
    this.#fonts.destroy();
    this.#shown?.builder.destroy();
    this.#next?.builder.destroy();
    this.#stage.destroy();
  }

  #beginEpoch(): PageBuilder {
    clearTimeout(this.#showTimer);
    if (this.#next) {
      this.#next.builder.destroy();
      this.#next.frame.remove();
      this.#next = undefined;
    }
    // The first page is seen while it builds; a later one takes over when it is complete.
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
      font: (key, bytes) => this.#fonts.receive(key, bytes),
      wanted: (wanted) => this.#options.sendFeedback(encodeFeedback({ kind: "assets", wanted })),
      fidelity: (compared, repaired) => this.#options.onFidelity?.({ compared, repaired }),
      lost: () => this.#stream.requestResync(),
    };
    const builder = new PageBuilder(document, events, this.#assets);
    const page = { frame, builder };
    if (first) this.#shown = page;
    else this.#next = page;
    return builder;
  }

  #applied(): void {
    (this.#next ?? this.#shown)?.builder.settle();
    this.#stage.contentChanged();
  }

  #ready(builder: PageBuilder): void {
    if (this.#shown?.builder === builder) {
      this.#options.onReady?.();
      return;
    }
    const page = this.#next;
    if (page?.builder !== builder) return;
    const deadline = performance.now() + STYLES_MS;
    const show = () => {
      if (!stylesLoaded(page.frame) && performance.now() < deadline) {
        this.#showTimer = setTimeout(show, 30);
        return;
      }
      this.#shown?.builder.destroy();
      this.#shown = page;
      this.#next = undefined;
      this.#stage.show(page.frame);
      page.builder.settleScroll();
      this.#options.onReady?.();
    };
    show();
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
