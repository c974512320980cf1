import type { CopaneError, LoadPolicy, MirrorFrame, Picture } from "@copane/protocol";
import type { Notice } from "../control/notice.ts";
import type { HistoryMove } from "../control/wire.ts";
import type { FeedbackFrame } from "../core/flow/feedback.ts";
import type { MarkedReplica } from "../marks/agent.ts";

export interface ReplicaOptions {
  /** Element that will hold the scaled device preview; the replica fills it and follows its size. */
  container: HTMLElement;
  /** An acknowledgement, a request for a fresh epoch, or other feedback for the customer. */
  sendFeedback(frame: FeedbackFrame): void;
  /** Payload of an input frame; only called while `setControl(true)`. */
  sendInput(payload: Uint8Array): void;
  /** Payload of a pointer frame. */
  sendPointer(payload: Uint8Array): void;
  /** The agent's pointer and wheel are sent at least this far apart, the first and the newest of them. */
  motionIntervalMs?: number;
  /** The customer's page changed address or title. */
  onPage?: (page: { url: string; title: string }) => void;
  /** The first complete picture of an epoch stands. */
  onReady?: () => void;
  /** Subtrees compared with the customer's page so far, and how many of them had drifted and were repaired. */
  onFidelity?: (fidelity: { compared: number; repaired: number }) => void;
  /** The customer's page refused something, or shows a native dialog. */
  onNotice?: (notice: Notice) => void;
  onError?: (error: unknown) => void;
  /** The stream asked for more than can be shown: nothing is shown until `refresh()`. */
  onEnded?: (error: CopaneError) => void;
  /** What this browser may load by itself; without it what is public. */
  loads?: LoadPolicy;
  /** Accessible name of the frame, in the agent's language. */
  label: string;
}

/** How the agent looks at the page; nothing of it reaches the customer. */
export interface ReplicaView {
  /** `fit`: as large as there is room, never larger than life. Else the scale; 1 is one pixel to one. */
  zoom: "fit" | number;
  /** Shows the customer's window as a device with an edge. */
  device: boolean;
  /** Off: the wheel moves the agent's picture only, and the customer's scrolling does not. */
  follow: boolean;
}

/** The agent's half of the mirror: rebuilds the page in a sandboxed iframe without scripts. */
export interface Replica {
  /** Applies a mirror frame. */
  receive(frame: MirrorFrame): void;
  /** Reports a notice frame. */
  notice(payload: Uint8Array): void;
  /** Goes back or forward in the customer's tab, or loads its page anew; only while in control. */
  navigate(go: HistoryMove): void;
  /** Whether the agent's clicks and keys become input frames; with `scrollsOnly` its scrolling alone. */
  setControl(on: boolean, scrollsOnly?: boolean): void;
  setView(view: ReplicaView): void;
  /** The scale that the view comes to; 1 is one pixel to one. */
  readonly scale: number;
  /** Scrolls the customer's window to where the agent looks. An input frame: it needs the grant. */
  bringCustomer(): void;
  /** Asks the customer for a fresh snapshot; also after the stream had ended. */
  refresh(): void;
  /** The picture in sight: what the agent's input and marks are about. */
  readonly picture: Picture;
  /** What marks are made over. */
  readonly marked: MarkedReplica;
  /** The sandboxed iframe, for tests and screenshots. */
  readonly frame: HTMLIFrameElement;
  /** The mirror id of an element of the page in sight, 0 when it has none. */
  idOf(element: Element): number;
  destroy(): void;
}
