import { inflateRawSync } from "node:zlib";
import { Unpacker } from "@copane/mirror/unpacker";
import { decodeFrame, type Frame, FrameFlag, FrameType, frameTable } from "@copane/protocol";
import type { Page } from "playwright-core";
import type { ProxyEar } from "./proxy.ts";

const types = frameTable();

/** The place between browsers and server where a tap can listen. */
export type Line = Set<ProxyEar>;

/** Everything that left one browser page: each message as sent, and its content once unpacked. */
export class WireTap {
  /** Bytes of socket messages and of request bodies. */
  sentBytes = 0;
  /** Bytes of the mirror frames alone, as they were given to the socket. */
  mirrorBytes = 0;
  /** These frames, in order. */
  readonly mirrorFrames: Buffer[] = [];
  /** What these carried, as it was before it was compressed. */
  readonly mirrorPayloads: Buffer[] = [];
  /** What left on sockets, in order: the names of text messages, and the types of frames. */
  readonly sent: (string | number)[] = [];
  readonly #messages: Buffer[] = [];
  readonly #frames = new Map<number, number>();
  /** Of the newest epoch. */
  #unpacker = new Unpacker();

  /**
   * Listens from now on: make it before the page opens its socket. What goes to the page's own site is its own.
   * @param line where to listen for a browser that does not tell what it sends
   */
  constructor(page: Page, server: string, line?: Line) {
    if (line) {
      const ear: ProxyEar = {
        message: (message) => this.#take(message),
        request: (url, headers, body) => this.#takeRequest(url, headers, body),
      };
      line.add(ear);
      this.close = () => line.delete(ear);
      return;
    }
    page.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => this.#take(Buffer.from(payload as string)));
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(server)) return;
      this.#takeRequest(request.url(), request.headers(), request.postDataBuffer());
    });
  }

  /** Listens no longer. */
  close: () => void = () => {};

  /** Whether the text left the browser in any of the ways bytes can carry it. */
  contains(text: string): boolean {
    const needles = [
      Buffer.from(text, "utf8"),
      Buffer.from(text, "utf16le"),
      Buffer.from(encodeURIComponent(text)),
    ];
    // Base64 shifts with the position: drop what the neighbours change.
    for (let shift = 0; shift < 3; shift++) {
      const encoded = Buffer.from(`${"x".repeat(shift)}${text}`)
        .toString("base64")
        .replace(/=+$/, "");
      needles.push(Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -2)));
    }
    return this.#messages.some((message) => needles.some((needle) => message.includes(needle)));
  }

  /** Keeps nothing of what was sent so far but its counts: for runs that last. */
  forget(): void {
    this.#messages.length = 0;
    this.mirrorFrames.length = this.mirrorPayloads.length = 0;
    this.sent.length = 0;
  }

  /** How many frames of a type have been sent. */
  frames(type: number): number {
    return this.#frames.get(type) ?? 0;
  }

  /** Bytes of what the mirror frames carried, before it was compressed. */
  get writtenBytes(): number {
    return this.mirrorPayloads.reduce((sum, { length }) => sum + length, 0);
  }

  /** All that left the browser, but for requests of these scripts of ours. */
  beside(...scripts: string[]): string[] {
    const asked = (message: string) =>
      scripts.some((name) => message.startsWith('["') && message.includes(`/${name}"`));
    return this.#messages.map(String).filter((message) => !asked(message));
  }

  #takeRequest(url: string, headers: object, body: Buffer | null): void {
    this.#messages.push(Buffer.from(JSON.stringify([url, headers])));
    if (body?.length) this.#take(body);
  }

  #take(message: Buffer): void {
    this.sentBytes += message.length;
    this.#messages.push(message);
    if (message[0] === 0x7b) {
      this.sent.push((JSON.parse(message.toString("utf8")) as { t: string }).t);
      return;
    }
    for (const frame of framesOf(message)) {
      const decoded = decodeFrame(frame);
      // Text can read as a frame too, but of no type that there is.
      if (!decoded || !types.has(decoded.type)) continue;
      this.sent.push(decoded.type);
      this.#frames.set(decoded.type, this.frames(decoded.type) + 1);
      const payload = this.#unpacked(decoded);
      this.#messages.push(payload);
      if (decoded.type !== FrameType.mirror) continue;
      this.mirrorBytes += frame.length;
      this.mirrorFrames.push(frame);
      this.mirrorPayloads.push(payload);
    }
  }

  /** What a frame carries, as it was before it was compressed. */
  #unpacked({ type, flags, payload }: Frame): Buffer {
    if (type !== FrameType.mirror) return Buffer.from(payload);
    if (flags & FrameFlag.keyframe) this.#unpacker = new Unpacker();
    return Buffer.from(
      this.#unpacker.unpack(flags, flags & FrameFlag.compressed ? inflateRawSync(payload) : payload),
    );
  }
}

/** A WebSocket message is a frame; a SockJS body is JSON strings, of which `b…` ones are base64 frames. */
function framesOf(message: Buffer): Buffer[] {
  if (message[0] !== 0x5b && message[0] !== 0x22) return [message];
  try {
    const parsed: unknown = JSON.parse(message.toString("utf8"));
    const texts = (Array.isArray(parsed) ? parsed : [parsed]).filter((item) => typeof item === "string");
    return texts.filter((text) => text.startsWith("b")).map((text) => Buffer.from(text.slice(1), "base64"));
  } catch {
    return [message];
  }
}
