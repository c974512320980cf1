import type { RefusalReason } from "../control/notice.ts";
import type { CapturedFrame } from "../core/flow/sender.ts";
import type { PrivacyPolicy } from "../privacy/policy.ts";

/**
 * How a page and a page of another origin in an iframe of it find each other. By window messages without content:
 * `ask` down, `hello` up, and `port` down with one end of a channel, addressed to the exact origin that said hello. All
 * else goes over the channel. The loader of the page inside knows these words too.
 */
export const Greeting = { ask: "copane.ask", hello: "copane.hello", port: "copane.port" } as const;

/** What the page outside sends into the subframe. */
export type ToGuest =
  /**
   * Begin a snapshot by this policy; frames carry `turn` from then on. `origins`: all who get to see it,
   * outermost first.
   */
  | { t: "epoch"; turn: number; policy: PrivacyPolicy; origins: readonly string[] }
  | { t: "pause"; on: boolean }
  /** `frame`: a feedback frame as bytes. */
  | { t: "feedback"; viewer: number; frame: Uint8Array }
  | { t: "viewerLeft"; viewer: number }
  | { t: "input"; viewer: number; payload: Uint8Array }
  /** Control has ended. */
  | { t: "release" }
  /** Nobody watches this subframe any more. */
  | { t: "end" };

/** What the page in the subframe sends out. */
export type FromGuest =
  | { t: "frame"; turn: number; frame: CapturedFrame }
  | { t: "refused"; viewer: number; reason: RefusalReason }
  /** The page goes away. */
  | { t: "bye" };
