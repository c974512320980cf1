import { isScrollInput, type Notice } from "@copane/mirror/control";
import { createReplica, type Replica, type ReplicaView } from "@copane/mirror/replica";
import {
  CataloguedError,
  type CopaneError,
  type ErrorName,
  errorCatalogue,
  FrameFlag,
  type FrameHeader,
  FrameType,
  type LoadPolicy,
  type MirrorFrame,
  type SessionView,
} from "@copane/protocol";
import type { Fidelity } from "./fidelity.ts";

/** A picture that fails so often in a row, each time anew, is said to fail. */
const MOST_FAULTS = 3;

/** Errors that do not keep the page from being seen. */
const PASSING: ReadonlySet<ErrorName> = new Set<ErrorName>(["PART_MISSING"]);

/** The type of a frame, and what else its header says. */
type FrameStart = Partial<FrameHeader> & Pick<FrameHeader, "type">;

export interface ShownPageOptions {
  motionIntervalMs: number;
  /** Hands a frame to the connection. */
  send(header: FrameStart, payload: Uint8Array): void;
  /** The session as it is now. */
  session(): SessionView | undefined;
  onPage(page: { url: string; title: string }): void;
  /** A complete picture stands. */
  onReady(): void;
  /** Another page than before: nodes and their numbers are others. */
  onTurn(): void;
  onNotice(notice: Notice): void;
  onFidelity(now: Fidelity): void;
  /** Why the page is not to be seen though it may be; undefined once it is. */
  onTrouble(trouble: CopaneError | undefined): void;
  onError(error: CopaneError): void;
}

/** The customer's page as this agent sees it. */
export class ShownPage {
  readonly #options: ShownPageOptions;
  /** What this browser may load by itself of what the page names; the server says so. For views to come. */
  loads: LoadPolicy | undefined;
  #replica: Replica | undefined;
  #view: ReplicaView = { zoom: "fit", device: false, follow: true };
  /** The customer's page as last heard of, without the hash. */
  #address: string | undefined;
  /** Frames that came before the view was there; the view's first act is to ask for a fresh snapshot. */
  #missed = false;
  #faults = 0;
  #trouble: CopaneError | undefined;
  /** The newest frame that came; large ones are shown a little later. */
  #newest: Pick<MirrorFrame, "page" | "epoch"> | undefined;
  /** The newest when the trouble was told: a picture of that time, which is only now complete, ends no trouble. */
  #before: Pick<MirrorFrame, "page" | "epoch"> | undefined;

  constructor(options: ShownPageOptions) {
    this.#options = options;
  }

  get replica(): Replica | undefined {
    return this.#replica;
  }

  /** Why the page is not to be seen though it may be. */
  get trouble(): CopaneError | undefined {
    return this.#trouble;
  }

  /** Whether it is this screen that cannot show the page. */
  get unseeing(): boolean {
    return this.#trouble?.name === "PICTURE_FAILED" || this.#trouble?.name === "PAGE_TOO_LARGE";
  }

  /** How this agent looks at the page. */
  get view(): Readonly<ReplicaView> {
    return this.#view;
  }

  setView(view: Partial<ReplicaView>): void {
    this.#view = { ...this.#view, ...view };
    this.#replica?.setView(this.#view);
  }

  /** Shows the page in `container`. Returns a function that ends it. */
  attach(container: HTMLElement, label: string): () => void {
    this.#replica?.destroy();
    const { send, onPage, onReady, onFidelity, motionIntervalMs } = this.#options;
    const replica = createReplica({
      container,
      label,
      sendFeedback: (frame) => send(frame, frame.payload),
      sendInput: (payload) => this.#sendInput(payload),
      sendPointer: (payload) => this.send(FrameType.pointer, payload),
      motionIntervalMs,
      onPage: (page) => {
        this.#turn(page.url);
        onPage(page);
      },
      onReady: () => {
        this.#faults = 0;
        const { page, epoch } = replica.picture;
        if (page !== this.#before?.page || epoch > this.#before.epoch) this.#setTrouble(undefined);
        onReady();
      },
      onNotice: (notice) => this.#noticed(notice),
      onFidelity,
      onError: (error) => this.#fault(error),
      onEnded: (error) => this.#ended(error),
      ...(this.loads === undefined ? {} : { loads: this.loads }),
    });
    this.#replica = replica;
    replica.setView(this.#view);
    if (this.#missed) replica.refresh();
    return () => {
      if (this.#replica === replica) this.#replica = undefined;
      replica.destroy();
    };
  }

  /** A mirror frame. */
  receive(frame: MirrorFrame): void {
    this.#newest = frame;
    if (this.#replica) this.#replica.receive(frame);
    else this.#missed = true;
  }

  /** Whether the agent's clicks and keys reach the page; with `scrollsOnly` its scrolling alone. */
  setControl(on: boolean, scrollsOnly = false): void {
    this.#replica?.setControl(on, scrollsOnly);
  }

  /** Sends a frame to the customer, about the picture that the agent sees. */
  send(type: FrameType, payload: Uint8Array, flags = 0): void {
    this.#options.send({ type, flags, ...this.#replica?.picture }, payload);
  }

  /** What scrolls says so in the header, for grants that carry nothing else. */
  #sendInput(payload: Uint8Array): void {
    const { level, scope } = this.#options.session()?.control ?? {};
    const scrolls = isScrollInput(payload);
    if (!scrolls && level !== "full") return;
    const flags = scope === undefined ? 0 : FrameFlag.scoped;
    this.send(scrolls ? FrameType.scroll : FrameType.input, payload, flags);
  }

  #turn(url: string): void {
    const [address] = url.split("#", 1);
    const turned = this.#address !== undefined && this.#address !== address;
    this.#address = address;
    if (turned) this.#options.onTurn();
  }

  /** That nothing is shared is an error like those of the server; the rest is the page's own news. */
  #noticed(notice: Notice): void {
    const { onNotice, onError } = this.#options;
    if (notice.kind !== "notShared") {
      onNotice(notice);
      return;
    }
    const error = catalogued(notice.code);
    if (!PASSING.has(error.name)) this.#setTrouble(error);
    onError(error);
  }

  /** The picture is asked for anew by itself; when that does not help, the agent is told. */
  #fault(error: unknown): void {
    console.warn("copane: the picture met an error", error);
    if (++this.#faults !== MOST_FAULTS) return;
    const failed = new CataloguedError("PICTURE_FAILED", { cause: error });
    this.#setTrouble(failed);
    this.#options.onError(failed);
  }

  /** The page asks for more than can be shown: it is asked for anew when the agent wants it so. */
  #ended(error: CopaneError): void {
    this.#setTrouble(error);
    this.#options.onError(error);
  }

  #setTrouble(trouble: CopaneError | undefined): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#before = trouble && this.#newest;
    this.#options.onTrouble(trouble);
  }
}

/** The error of the catalogue with this number. */
function catalogued(code: number): CataloguedError {
  const names = Object.keys(errorCatalogue) as ErrorName[];
  return new CataloguedError(names.find((name) => errorCatalogue[name][0] === code) ?? "INTERNAL");
}
