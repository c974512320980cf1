import type { MirrorFrame, Picture } from "@copane/protocol";
import { decodeNotice } from "../control/notice.ts";
import { encodeInput, type HistoryMove } from "../control/wire.ts";
import { Bounds } from "../core/bounds.ts";
import * as dom from "../core/dom.ts";
import { MirrorStream } from "../core/flow/stream.ts";
import { Loads, publicLoads } from "../core/tree/loads.ts";
import { DOCUMENT_ID } from "../core/tree/wire.ts";
import { AssetStore } from "../features/assets/asset-store.ts";
import { FontStore } from "../features/fonts/font-store.ts";
import { FontsReplica } from "../features/fonts/replica.ts";
import { encodeWantedFonts } from "../features/fonts/wire.ts";
import { TextStore } from "../features/style-texts/text-store.ts";
import type { MarkedReplica } from "../marks/agent.ts";
import { AgentInput } from "./input.ts";
import { Looking } from "./looking.ts";
import { ReplicaPage } from "./page.ts";
import { Pages } from "./pages.ts";
import { Stage } from "./stage.ts";
import { SubframeReplica } from "./subframe-page.ts";
import type { Replica, ReplicaOptions, ReplicaView } from "./types.ts";

/** Font files and texts of styles of all sessions that this page of the agent has shown. */
const fontStore = new FontStore();
const textStore = new TextStore();

/** Makes a replica in `options.container`; it shows the customer's page from the first keyframe on. */
export function createReplica(options: ReplicaOptions): Replica {
  return new DomReplica(options);
}

class DomReplica implements Replica {
  readonly #options: ReplicaOptions;
  readonly #stage: Stage;
  readonly #stream: MirrorStream;
  readonly #input: AgentInput;
  readonly #fonts: FontsReplica;
  readonly #assets = new AssetStore();
  readonly #looking: Looking;
  readonly #pages: Pages;
  readonly #onError: (error: unknown) => void;
  readonly #loads: Loads;
  #control = false;
  #scrollsOnly = false;
  /** The agent's hand draws: it operates nothing. */
  #suspended = false;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.#onError = options.onError ?? (() => {});
    this.#loads = new Loads(options.loads ?? publicLoads);
    this.#stage = new Stage(options.container, options.label);
    this.#stream = new MirrorStream({
      beginEpoch: (picture) => this.#beginEpoch(picture),
      ended: (error) => {
        this.#pages.empty();
        options.onEnded?.(error);
      },
      applied: () => this.#pages.applied(),
      send: (frame) => options.sendFeedback(frame),
      onError: this.#onError,
    });
    this.#fonts = new FontsReplica(
      (wanted) => this.#stream.sendFeedback(encodeWantedFonts(wanted)),
      fontStore,
    );
    this.#looking = new Looking(this.#stage, () => this.#operates);
    this.#pages = new Pages({
      stage: this.#stage,
      following: () => this.#looking.following,
      complete: (page) => {
        page.watchDrift(() => this.#stream.applied);
        options.onReady?.();
      },
    });
    this.#input = new AgentInput({
      stage: this.#stage,
      nodes: () => this.#pages.shown?.nodes,
      selected: () => this.#pages.shown?.selectedText ?? "",
      sendInput: (payload) => options.sendInput(payload),
      sendPointer: (payload) => options.sendPointer(payload),
      motionIntervalMs: options.motionIntervalMs ?? 0,
    });
  }

  get frame(): HTMLIFrameElement {
    return this.#stage.frame;
  }

  get picture(): Picture {
    return this.#pages.picture;
  }

  receive(frame: MirrorFrame): void {
    this.#stream.receive(frame);
  }

  get marked(): MarkedReplica {
    const stage = this.#stage;
    const operates = () => this.#operates;
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
        this.#input.setControl(this.#operates, this.#scrollsOnly);
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
    this.#input.setControl(this.#operates, scrollsOnly);
  }

  get scale(): number {
    return this.#stage.scale;
  }

  setView({ zoom, device, follow }: ReplicaView): void {
    this.#stage.setView(zoom, device);
    this.#looking.setFollowing(follow);
    this.#pages.setFollowing(follow);
  }

  bringCustomer(): void {
    const view = dom.contentWindow(this.#stage.frame);
    if (!view) return;
    const left = dom.scrollX(view);
    const top = dom.scrollY(view);
    this.#options.sendInput(encodeInput({ kind: "scroll", id: DOCUMENT_ID, left, top }));
  }

  idOf(element: Element): number {
    const nodes = this.#pages.shown?.nodes;
    const id = nodes?.nearestId(element) ?? 0;
    return nodes?.resolve(id) === element ? id : 0;
  }

  refresh(): void {
    this.#stream.resume();
    this.#stream.requestResync();
  }

  destroy(): void {
    this.#stream.destroy();
    this.#input.destroy();
    this.#looking.destroy();
    this.#fonts.destroy();
    this.#pages.destroy();
    this.#stage.destroy();
  }

  /** Whether the agent's pointer and keys are for the page. */
  get #operates(): boolean {
    return this.#control && !this.#suspended;
  }

  #beginEpoch(picture: Picture): ReplicaPage {
    return this.#pages.begin(picture, (document) => {
      this.#fonts.beginEpoch();
      return this.#makePage(document);
    });
  }

  #makePage(document: Document): ReplicaPage {
    const stage = this.#stage;
    const page: ReplicaPage = new ReplicaPage({
      document,
      bounds: new Bounds(),
      loads: this.#loads,
      depth: 0,
      assets: this.#assets,
      texts: textStore,
      fonts: this.#fonts,
      following: this.#looking.following,
      openSubframe: (options) => new SubframeReplica(options, this.#loads),
      events: {
        page: (url, title) => this.#options.onPage?.({ url, title }),
        viewport: (width, height, clientWidth) => stage.setViewport(width, height, clientWidth),
        sight: (left, top, width, height) => stage.setSight(left, top, width, height),
        cursor: (x, y) => stage.setCursor(x, y),
        ready: () => this.#pages.built(page),
        fidelity: (compared, repaired) => this.#options.onFidelity?.({ compared, repaired }),
        feedback: (payload) => this.#stream.sendFeedback(payload),
        lost: () => this.#stream.requestResync(),
      },
    });
    return page;
  }

  #markPage(): ReturnType<MarkedReplica["page"]> {
    const { shown, window } = this.#pages;
    if (!shown || !window) return undefined;
    const { nodes } = shown;
    return { window, nearestId: (node) => nodes.nearestOwnId(node), node: (id) => nodes.get(id) };
  }
}
