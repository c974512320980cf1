import * as FrameType from "./frame-type/index.ts";
import type { FrameType as AnyFrameType } from "./frames.ts";
import type { Role } from "./session.ts";

/**
 * The types that each role may send, as the table says (a test compares): for clients, which refuse to send others. It
 * stands apart so that the customer's script need not carry the table.
 */
export const sentBy: { readonly [role in Role]: readonly AnyFrameType[] } = {
  customer: [FrameType.mirror, FrameType.marks, FrameType.notice, FrameType.chat],
  agent: [
    FrameType.ack,
    FrameType.resync,
    FrameType.feedback,
    FrameType.input,
    FrameType.scroll,
    FrameType.pointer,
    FrameType.marks,
    FrameType.propose,
    FrameType.chat,
    FrameType.whisper,
  ],
};
