/**
 * The header of a content frame. This module alone knows where its bytes stand:
 *
 *     type   u8      a frame type of the table (`frames.ts`)
 *     peer   u8      from the customer: the number of the viewer it is for, or `ALL_VIEWERS`;
 *                    towards the customer and between agents: the sender's, written by the server
 *     flags  u8      bits of `FrameFlag`
 *     page   varint  the customer's page (one document load) that the frame is about
 *     epoch  varint  the picture of that page
 *     seq    varint  the frame's number in that picture
 *     payload        up to the end; opaque to everybody but its reader
 *
 * Varints are unsigned LEB128 up to 2^32 - 1, in their shortest form. On transports that carry text only (SockJS) a
 * frame is `"b"` followed by its base64.
 */
export interface FrameHeader extends FramePosition {
  type: number;
  peer: number;
  flags: number;
}

/** Which picture a frame belongs to, and its number in it. */
export interface FramePosition extends Picture {
  seq: number;
}

/** One complete picture of one of the customer's pages; what an agent acts on. */
export interface Picture {
  page: number;
  epoch: number;
}

/** A content frame with its header read. `payload` shares the frame's memory. */
export interface Frame extends FrameHeader {
  payload: Uint8Array;
}

/** A frame of a mirror stream, without what only its way needs. */
export type MirrorFrame = Omit<Frame, "type" | "peer">;

/** Where no page or picture applies. Pages and epochs are numbered from 1. */
export const NO_PICTURE: Picture = { page: 0, epoch: 0 };

/** `peer` of a frame from the customer that is for every viewer. */
export const ALL_VIEWERS = 0;

export const FrameFlag = {
  /** First frame of an epoch: a viewer that was cut off may start again here. */
  keyframe: 1,
  /** The payload is deflate-raw, complete in itself. */
  compressed: 2,
  /** The sender knows that its grant covers one form or field only; required exactly when it does. */
  scoped: 4,
  /** The payload is deflate-raw that points back into what the epoch's frames with this flag or `compressed` held. */
  chained: 8,
} as const;

/** Highest number that a page, an epoch or a place in it can have. */
export const HIGHEST_NUMBER = 2 ** 32 - 1;

/** Bytes of `type`, `peer` and `flags`. */
const FIXED_BYTES = 3;
const PEER_AT = 1;

/** Longest varint of the header. */
const VARINT_BYTES = 5;

/** No header is longer. */
export const MOST_HEADER_BYTES = FIXED_BYTES + 3 * VARINT_BYTES;

/** A frame as bytes. What is not named is 0, and the payload empty. */
export function encodeFrame(
  { type, peer = ALL_VIEWERS, flags = 0, page, epoch, seq }: Partial<FrameHeader> & { type: number },
  payload: Uint8Array = new Uint8Array(),
): Uint8Array<ArrayBuffer> {
  const header = [type, peer, flags];
  for (let number of [page, epoch, seq]) {
    for (number ??= 0; number > 0x7f; number = Math.floor(number / 0x80)) header.push(number | 0x80);
    header.push(number);
  }
  const bytes = new Uint8Array(header.length + payload.length);
  // Keeps the lowest eight bits of each.
  bytes.set(header);
  bytes.set(payload, header.length);
  return bytes;
}

/**
 * Reads a frame's header and finds its payload, without copying or opening that. Undefined for bytes that are no
 * frame: the header ends early, or one of its numbers is out of range or longer than it need be.
 */
export function decodeFrame(bytes: Uint8Array): Frame | undefined {
  // Not by `[type, peer, flags] = bytes`, which takes longer than all else here.
  const type = bytes[0] ?? 0;
  const peer = bytes[PEER_AT] ?? 0;
  const flags = bytes[2] ?? 0;
  let at = FIXED_BYTES;
  // NaN where a number ends early, is too long, or has a last byte that adds nothing; whatever it is added to
  // is NaN too.
  const varint = (scale = 1): number => {
    const byte = bytes[at++] ?? Number.NaN;
    if (scale > 1 && !(byte > 0 && scale < HIGHEST_NUMBER)) return Number.NaN;
    return byte > 0x7f ? (byte - 0x80) * scale + varint(scale * 0x80) : byte * scale;
  };
  const page = varint();
  const epoch = varint();
  const seq = varint();
  if (!(Math.max(page, epoch, seq) <= HIGHEST_NUMBER)) return undefined;
  return { type, peer, flags, page, epoch, seq, payload: bytes.subarray(at) };
}

/** Writes another peer into a frame that is relayed, in place: towards its receiver that is its sender. */
export function setPeer(bytes: Uint8Array, peer: number): void {
  bytes[PEER_AT] = peer;
}
