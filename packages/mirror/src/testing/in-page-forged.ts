import { ByteReader, FrameFlag, type LoadPolicy } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import { MirrorWriter } from "../core/codec/writer.ts";
import * as Feedback from "../core/flow/feedback.ts";
import { decodeWantedAssets } from "../features/assets/wire.ts";
import { writePage } from "../features/page/wire.ts";
import { createReplica, type Replica } from "../replica/index.ts";
import { cheapStreams, Forger, forgedStreams } from "./forged-streams.ts";
import { loadingWays, silentWays } from "./loading-streams.ts";

/** What became of a stream. */
export interface Outcome {
  /** Which bound it was refused by; undefined where it was not. */
  ended: string | undefined;
  /** How many of its frames were given to the replica before it was refused, or in all. */
  frames: number;
  /** The longest that this page stood still, in milliseconds. */
  longestMs: number;
  errors: string[];
}

/** A replica of forged streams. */
class Target {
  readonly container = document.createElement("div");
  readonly errors: string[] = [];
  ended: string | undefined;
  resyncs = 0;
  /** The title that was told last. */
  #title = "";
  /** How many files the customer was asked for. */
  wanted = 0;
  readonly replica: Replica;
  readonly #abort = new AbortController();

  constructor(loads?: LoadPolicy) {
    Object.assign(this.container.style, { width: "800px", height: "600px" });
    document.body.append(this.container);
    const { signal } = this.#abort;
    const heard = (error: unknown) => this.errors.push(String((error as Error)?.stack ?? error));
    window.addEventListener("error", ({ error, message }) => heard(error ?? message), { signal });
    window.addEventListener("unhandledrejection", ({ reason }) => heard(reason), { signal });
    this.replica = createReplica({
      container: this.container,
      label: "forged",
      ...(loads ? { loads } : {}),
      sendFeedback: ({ type, payload }) => {
        if (type === FrameType.resync) this.resyncs++;
        if (type === FrameType.feedback && payload[0] === Feedback.assets)
          this.wanted += decodeWantedAssets(new ByteReader(payload.subarray(1))).length;
      },
      onPage: ({ title }) => {
        this.#title = title;
      },
      sendInput: () => {},
      sendPointer: () => {},
      onEnded: ({ field }) => {
        this.ended = field;
      },
    });
  }

  /**
   * Each frame a task, as they come over a socket, and laid out. Returns how many it took, when the last is applied or
   * refused.
   */
  async take(payloads: readonly Uint8Array[], epoch = 1): Promise<number> {
    let seq = 0;
    for (const payload of payloads) {
      const flags = seq === 0 ? FrameFlag.keyframe : 0;
      this.replica.receive({ page: 1, epoch, seq: seq++, flags, payload });
      this.replica.frame.contentDocument?.documentElement?.getBoundingClientRect();
      if (seq % 8 === 0) await later(0);
      if (this.ended !== undefined) break;
    }
    // What takes long is applied in turns; this comes behind it.
    this.#title = "";
    const { resyncs } = this;
    this.replica.receive({ page: 1, epoch, seq, flags: 0, payload: lastFrame() });
    while (this.ended === undefined && this.#title !== LAST && this.resyncs === resyncs) await later(5);
    return seq;
  }

  destroy(): void {
    this.#abort.abort();
    this.replica.destroy();
    this.container.remove();
  }
}

/** Plays streams, each at a replica of its own. */
export function startForged() {
  const streams = { ...forgedStreams(true), ...cheapStreams() };
  const made = (name: string) => (streams[name] as () => Uint8Array[])();
  const play = async (payloads: Uint8Array[], lingerMs = 60): Promise<Outcome> => {
    const target = new Target();
    let last = performance.now();
    let longestMs = 0;
    const beat = setInterval(() => {
      const now = performance.now();
      longestMs = Math.max(longestMs, now - last);
      last = now;
    }, 10);
    const frames = await target.take(payloads);
    await later(lingerMs);
    clearInterval(beat);
    target.destroy();
    const { ended, errors } = target;
    return { ended, frames, longestMs: Math.round(longestMs), errors };
  };
  return {
    play: (name: string) => play(made(name)),
    playBytes: (payloads: number[][]) =>
      play(
        payloads.map((bytes) => new Uint8Array(bytes)),
        0,
      ),
    /**
     * Shows a page that names addresses at each of the given hosts, in every way; the address ends with the way's
     * number. The replica stays. Returns how many files it asked the customer for.
     */
    load: async (
      pageUrl: string,
      hosts: readonly string[],
      {
        policy,
        silent = false,
        epochs = 1,
        standards = true,
      }: { policy?: LoadPolicy; silent?: boolean; epochs?: number; standards?: boolean } = {},
    ): Promise<number> => {
      const target = new Target(policy);
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const forger = new Forger(pageUrl.replace("EPOCH", String(epoch)), standards);
        for (const host of hosts) {
          forger.cut();
          Object.values(silent ? silentWays : loadingWays).forEach((write, way) => {
            write(forger, `${host.replace("EPOCH", String(epoch))}/${way}`);
          });
        }
        await target.take(forger.finish(), epoch);
        await later(100);
      }
      if (target.ended) throw new Error(`ended by ${target.ended}`);
      return target.wanted;
    },
    /** A page of so many nodes. */
    large: (nodes: number) => {
      const forger = new Forger();
      for (let left = nodes / 2; left > 0; left--) {
        if (left % 2_000 === 0) forger.cut();
        forger.place(() => forger.text("p", "x"));
      }
      return play(forger.finish());
    },
    /** A stream that is refused, what is left of it, and what comes when the page is asked for once more. */
    again: async (refused: string, then: string) => {
      const target = new Target();
      const frames = await target.take(made(refused));
      const { ended, replica } = target;
      await target.take(made(then), 2);
      const nodes = replica.frame.contentDocument?.querySelectorAll("body *").length;
      replica.refresh();
      while (target.resyncs === 0) await later(10);
      target.ended = undefined;
      await target.take(made(then), 3);
      const again = (replica.frame.contentDocument?.querySelectorAll("body *").length ?? 0) > 0;
      const { resyncs } = target;
      target.destroy();
      return { ended, frames, nodes, resyncs, again };
    },
  };
}

/** Told by a frame that comes behind a stream. */
const LAST = "that was the last";

function lastFrame(): Uint8Array {
  const out = new MirrorWriter();
  out.beginEpoch();
  out.beginFrame();
  writePage(out, "http://site.test/", "http://site.test/", LAST);
  return out.endFrame().slice();
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

Object.assign(window, { startForged });
