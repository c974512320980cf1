import { encodeNotice } from "@copane/mirror/control";
import { ALL_VIEWERS, type CopaneError, type SessionView } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import { partMissing } from "../errors.ts";
import type { Transport } from "../transport/transport.ts";

export interface FailuresOptions {
  transport(): Transport | undefined;
  session(): SessionView | undefined;
  onError(error: CopaneError): void;
}

/** Tells both sides what does not work in this page. */
export class Failures {
  readonly #options: FailuresOptions;

  constructor(options: FailuresOptions) {
    this.#options = options;
  }

  /** A script did not come: what is asked for cannot be done. */
  readonly missing = (cause: unknown): void => {
    const { session, onError } = this.#options;
    console.warn("copane: a script did not load", cause);
    const error = partMissing(cause);
    onError(error);
    if (session()?.state === "active") this.tell(ALL_VIEWERS, error);
  };

  /** Tells a viewer, or all (0). Never throws. */
  tell(peer: number, { code }: CopaneError): void {
    try {
      const payload = encodeNotice({ kind: "notShared", code });
      this.#options.transport()?.sendFrame({ type: FrameType.notice, peer }, payload);
    } catch (error) {
      // It may be the connection itself that the page broke.
      console.warn("copane: agents could not be told of an error", error);
    }
  }
}
