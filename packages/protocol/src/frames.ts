import * as types from "./frame-type/index.ts";

/**
 * Content frames: what the server relays without reading. Binary on the wire:
 *
 *     byte 0  FrameType
 *     byte 1  peer: from the customer, the target viewer's number (0 = all viewers);
 *             towards the customer, the sending viewer's number, written by the server
 *     byte 2  flags (FrameFlag)
 *     byte 3… payload, opaque to the server
 *
 * On text-only transports (SockJS) a frame is `"b"` followed by its base64.
 */
export const FrameType = types;
export type FrameType = (typeof types)[keyof typeof types];

const frameTypes: ReadonlySet<number> = new Set<FrameType>([
  types.mirror,
  types.feedback,
  types.input,
  types.pointer,
  types.marks,
  types.notice,
  types.scroll,
  types.propose,
  types.chat,
  types.whisper,
]);

export const FrameFlag = {
  /** First frame of an epoch: a viewer that was cut off may start again here. */
  keyframe: 1,
  /** The payload is deflate-raw. */
  compressed: 2,
  /** The sender knows that its grant covers one form or field only; required exactly when it does. */
  scoped: 4,
} as const;

export const FRAME_HEADER_BYTES = 3;

export interface Frame {
  type: FrameType;
  peer: number;
  flags: number;
  payload: Uint8Array;
}

export function encodeFrame(
  type: FrameType,
  peer: number,
  flags: number,
  payload: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + payload.length);
  bytes[0] = type;
  bytes[1] = peer;
  bytes[2] = flags;
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

/** Returns undefined for bytes that are no frame of a type this version knows. */
export function decodeFrame(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < FRAME_HEADER_BYTES) return undefined;
  const type = bytes[0] as FrameType;
  if (!frameTypes.has(type)) return undefined;
  return {
    type,
    peer: bytes[1] as number,
    flags: bytes[2] as number,
    payload: bytes.subarray(FRAME_HEADER_BYTES),
  };
}
