/** What one server tells another, in the order in which it was sent. */
export type Parcel =
  /** JSON: a question, an answer, or word of a socket. */
  | { kind: "json"; value: unknown }
  /** What a participant's socket at the sender received. */
  | { kind: "up"; socket: number; data: string | Uint8Array }
  /** For participants' sockets at the receiver; a frame may go to several. */
  | { kind: "down"; sockets: readonly number[]; data: string | Uint8Array };

/** Parcels of one sender for one receiver; each packet has the next number. */
export interface Packet {
  from: string;
  number: number;
  parcels: Parcel[];
}

const JSON_TEXT = 0;
const UP_TEXT = 1;
const UP_FRAME = 2;
const DOWN_TEXT = 3;
const DOWN_FRAME = 4;

/** Kind, how many sockets, length. */
const HEAD = 1 + 2 + 4;

/** One parcel as bytes: its head, the sockets' numbers, what it holds. */
export function encodeParcel(parcel: Parcel): Buffer {
  const data = parcel.kind === "json" ? JSON.stringify(parcel.value) : parcel.data;
  const text = typeof data === "string";
  const sockets = parcel.kind === "json" ? [] : parcel.kind === "up" ? [parcel.socket] : parcel.sockets;
  const length = text ? Buffer.byteLength(data) : data.length;
  const bytes = Buffer.allocUnsafe(HEAD + 4 * sockets.length + length);
  bytes[0] = kindOf(parcel, text);
  bytes.writeUInt16LE(sockets.length, 1);
  bytes.writeUInt32LE(length, 3);
  let at = HEAD;
  for (const socket of sockets) at = bytes.writeUInt32LE(socket, at);
  if (text) bytes.write(data, at);
  else bytes.set(data, at);
  return bytes;
}

function kindOf({ kind }: Parcel, text: boolean): number {
  if (kind === "json") return JSON_TEXT;
  if (kind === "up") return text ? UP_TEXT : UP_FRAME;
  return text ? DOWN_TEXT : DOWN_FRAME;
}

export function encodePacket(from: string, number: number, parcels: readonly Buffer[]): Buffer {
  const name = Buffer.from(from);
  const head = Buffer.allocUnsafe(1 + name.length + 4);
  head[0] = name.length;
  name.copy(head, 1);
  head.writeUInt32LE(number >>> 0, 1 + name.length);
  return Buffer.concat([head, ...parcels]);
}

/** Throws for what is no packet. */
export function decodePacket(bytes: Buffer): Packet {
  const named = 1 + (bytes[0] as number);
  const from = bytes.toString("utf8", 1, named);
  const number = bytes.readUInt32LE(named);
  const parcels: Parcel[] = [];
  for (let at = named + 4; at < bytes.length; ) {
    const kind = bytes[at] as number;
    const count = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 3);
    at += HEAD;
    const sockets = Array.from({ length: count }, (_, i) => bytes.readUInt32LE(at + 4 * i));
    at += 4 * count;
    if (at + length > bytes.length) throw new RangeError("a packet that is cut off");
    parcels.push(parcelOf(kind, sockets, bytes.subarray(at, at + length)));
    at += length;
  }
  return { from, number, parcels };
}

function parcelOf(kind: number, sockets: number[], bytes: Buffer): Parcel {
  switch (kind) {
    case JSON_TEXT:
      return { kind: "json", value: JSON.parse(bytes.toString()) };
    case UP_TEXT:
      return { kind: "up", socket: sockets[0] ?? 0, data: bytes.toString() };
    case UP_FRAME:
      // Its own copy: the relay writes the sender's number into it.
      return { kind: "up", socket: sockets[0] ?? 0, data: new Uint8Array(bytes) };
    case DOWN_TEXT:
      return { kind: "down", sockets, data: bytes.toString() };
    case DOWN_FRAME:
      return { kind: "down", sockets, data: bytes };
    default:
      throw new RangeError(`a parcel of kind ${kind}`);
  }
}
