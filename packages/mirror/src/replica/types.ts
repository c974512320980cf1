export interface ReplicaOptions {
  /** Element that will hold the scaled device preview; the replica fills it and follows its size. */
  container: HTMLElement;
  /** Payload of a feedback frame for the customer. */
  sendFeedback(payload: Uint8Array): void;
  /** Payload of an input frame; only called while `setControl(true)`. */
  sendInput(payload: Uint8Array): void;
  /** Payload of a pointer frame. */
  sendPointer(payload: Uint8Array): void;
  /** The customer's page changed address or title. */
  onPage?: (page: { url: string; title: string }) => void;
  /** The first complete picture of an epoch stands. */
  onReady?: () => void;
  /** Subtrees compared with the customer's page so far, and how many of them had drifted and were repaired. */
  onFidelity?: (fidelity: { compared: number; repaired: number }) => void;
  onError?: (error: unknown) => void;
  /** Accessible name of the frame, in the agent's language. */
  label: string;
}

/** The agent's half of the mirror: rebuilds the page in a sandboxed iframe without scripts. */
export interface Replica {
  /** Applies a mirror frame. */
  receive(flags: number, payload: Uint8Array): void;
  /** Whether the agent's clicks and keys become input frames. */
  setControl(on: boolean): void;
  /** Asks the customer for a fresh snapshot. */
  refresh(): void;
  /** The sandboxed iframe, for tests and screenshots. */
  readonly frame: HTMLIFrameElement;
  /** The mirror id of an element of the page in sight, 0 when it has none. */
  idOf(element: Element): number;
  destroy(): void;
}
