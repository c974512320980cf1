import { encodeFrame, FrameType } from "@copane/protocol";
import type { WebSocket } from "ws";
import { cpuMs } from "./processes.ts";

/** Payload of each frame, in bytes: what the median change of the corpus takes. */
const FRAME_BYTES = 600;
const FRAMES_PER_SECOND = 20;
/** Sessions send in turns this far apart, in milliseconds, not all at once. */
const TURN_MS = 5;
const TURNS = 1_000 / FRAMES_PER_SECOND / TURN_MS;

/** The two sockets of a session whose customer's frames reach its agent. */
export interface Line {
  customer: WebSocket;
  agent: WebSocket;
}

export interface Relayed {
  frames: number;
  lost: number;
  p50Ms: number;
  p99Ms: number;
  /** Share of a core that this process took itself: near 1 it was the limit, and the figures say nothing. */
  generator: number;
}

/** A frame that says when it was sent. */
export function stamped(page: number): Uint8Array {
  const payload = Buffer.alloc(FRAME_BYTES);
  payload.writeDoubleLE(performance.now());
  return encodeFrame({ type: FrameType.mirror, flags: 1, page, epoch: 1 }, payload);
}

/** When a frame was sent that `stamped` made. */
export function sentAt(frame: Buffer): number {
  return frame.readDoubleLE(frame.length - FRAME_BYTES);
}

/** Every session is busy for some seconds. */
export async function relay(lines: readonly Line[], seconds: number): Promise<Relayed> {
  const took: number[] = [];
  const received = (data: Buffer, binary: boolean) => {
    if (binary) took.push(performance.now() - sentAt(data));
  };
  for (const { agent } of lines) agent.on("message", received);
  const cpu = cpuMs([process]);
  const from = performance.now();
  let frames = 0;
  for (let turn = 0; performance.now() - from < seconds * 1_000; turn++) {
    for (let at = turn % TURNS; at < lines.length; at += TURNS) {
      (lines[at] as Line).customer.send(stamped(1));
      frames++;
    }
    // Each turn at its time: what was late is caught up with.
    const wait = from + (turn + 1) * TURN_MS - performance.now();
    await new Promise((resolve) => (wait > 1 ? setTimeout(resolve, wait) : setImmediate(resolve)));
  }
  const elapsed = performance.now() - from;
  const generator = (cpuMs([process]) - cpu) / elapsed;
  // What is still under way.
  for (let tries = 0; took.length < frames && tries < 100; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  for (const { agent } of lines) agent.off("message", received);
  return { frames, lost: frames - took.length, p50Ms: at(took, 0.5), p99Ms: at(took, 0.99), generator };
}

/** The value below which a share of all is. */
export function at(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
