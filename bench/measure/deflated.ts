import { promisify } from "node:util";
import { constants, createDeflateRaw, deflateRaw } from "node:zlib";

const deflate = promisify(deflateRaw);

/** Deflating a message ends with these four bytes, which a WebSocket leaves away. */
const TAIL_BYTES = 4;

/**
 * Bytes of messages in one stream that is flushed after each: a WebSocket's permessage-deflate with context
 * takeover.
 */
async function streamedBytes(messages: readonly Uint8Array[]): Promise<number> {
  const stream = createDeflateRaw();
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  for (const message of messages) {
    if (message.length === 0) continue;
    stream.write(message);
    await new Promise<void>((resolve) => stream.flush(constants.Z_SYNC_FLUSH, resolve));
    bytes -= TAIL_BYTES;
  }
  stream.destroy();
  return bytes;
}

/**
 * Bytes of messages as a live product would send them: each deflated alone, or all in one stream,
 * whichever is less.
 */
export async function deflatedBytes(messages: readonly Uint8Array[]): Promise<number> {
  return Math.min(await eachAlone(messages), await streamedBytes(messages));
}

async function eachAlone(messages: readonly Uint8Array[]): Promise<number> {
  let bytes = 0;
  for (const message of messages) bytes += Math.min(message.length, (await deflate(message)).length);
  return bytes;
}
