import * as FrameType from "./frame-type/index.ts";

/**
 * The types that each role may send, one bit for each, as the table says (a test compares): for clients, which
 * refuse to send others. It stands apart so that the customer's script need not carry the table.
 */
export const SENT_BY_CUSTOMER =
  (1 << FrameType.mirror) | (1 << FrameType.marks) | (1 << FrameType.notice) | (1 << FrameType.chat);

export const SENT_BY_AGENT =
  (1 << FrameType.ack) |
  (1 << FrameType.resync) |
  (1 << FrameType.feedback) |
  (1 << FrameType.input) |
  (1 << FrameType.scroll) |
  (1 << FrameType.pointer) |
  (1 << FrameType.marks) |
  (1 << FrameType.propose) |
  (1 << FrameType.chat) |
  (1 << FrameType.whisper);
