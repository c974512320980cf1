import * as types from "./frame-type/index.ts";
import * as limits from "./limits/index.ts";
import type { Role } from "./session.ts";

export const FrameType = types;
export type FrameType = (typeof types)[keyof typeof types];

/**
 * One type of content frame: all that a server or a recorder has to know of it. The payload is for its reader alone.
 */
export interface FrameRow {
  readonly name: string;
  readonly type: number;
  /** What becomes of it, by the role that sends it. A role that is not named must not send it. */
  readonly from: { readonly [role in Role]?: FrameRoute };
  /** Largest payload, in bytes. */
  readonly most: number;
  readonly rate: FrameRate;
  /** Sending it is something that the person did: it keeps an owned session from going idle. */
  readonly activity: boolean;
  /** Means nothing to a viewer who has missed a frame; that one is sent no more of it before the next keyframe. */
  readonly waitsForKeyframe: boolean;
  /** What the session's rules are asked to do before it is relayed; if they refuse, it is not. */
  readonly command?: "proposal.make";
}

export interface FrameRoute {
  /** Who receives it. `viewers` and `agents`: the one that `peer` names, or all of them. */
  readonly to: "viewers" | "customer" | "agents";
  readonly needs: FramePermission;
  /** While the customer has paused: relayed all the same, dropped without a word, or refused with an error. */
  readonly whilePaused: "relay" | "drop" | "refuse";
}

/**
 * What its sender needs. Except for `nothing`, `talk` and `show`, that is to be an agent who may do more than
 * watch, and the customer's consent to be seen, and besides:
 */
export type FramePermission =
  /** To be in the session. */
  | "nothing"
  /** To be no silent or mere observer. */
  | "talk"
  /** The customer's consent to be seen. Without it the frame is dropped: nobody may know what it was about. */
  | "show"
  /** Nothing more: the rules of the command decide. */
  | "propose"
  /** A site that allows agents to point. */
  | "point"
  /** Control of level `scroll` or higher, and `FrameFlag.scoped` exactly if it is limited to one form or field. */
  | "scroll"
  /** The same of level `full`. */
  | "full";

/** `live`: as fast as pages and hands produce it. `talk`: no faster than people write. */
export type FrameRate = "live" | "talk";

const toViewers = { to: "viewers", needs: "show", whilePaused: "drop" } as const;
const feedback = { to: "customer", needs: "nothing", whilePaused: "relay" } as const;

const live = { rate: "live", activity: true, waitsForKeyframe: false } as const;
const talk = { rate: "talk", activity: true, waitsForKeyframe: false } as const;

/** All types of content frames. A frame of any other type is refused. */
export const frameRows: readonly FrameRow[] = [
  {
    name: "mirror",
    type: FrameType.mirror,
    from: { customer: toViewers },
    most: limits.frameBytes,
    ...live,
    activity: false,
    waitsForKeyframe: true,
  },
  {
    name: "ack",
    type: FrameType.ack,
    from: { agent: feedback },
    most: 0,
    ...live,
    activity: false,
  },
  {
    name: "resync",
    type: FrameType.resync,
    from: { agent: feedback },
    most: 0,
    ...live,
    activity: false,
  },
  {
    name: "feedback",
    type: FrameType.feedback,
    from: { agent: feedback },
    most: limits.frameBytes,
    ...live,
    activity: false,
  },
  {
    name: "input",
    type: FrameType.input,
    from: { agent: { to: "customer", needs: "full", whilePaused: "refuse" } },
    most: limits.frameBytes,
    ...live,
  },
  {
    name: "scroll",
    type: FrameType.scroll,
    from: { agent: { to: "customer", needs: "scroll", whilePaused: "refuse" } },
    most: limits.frameBytes,
    ...live,
  },
  {
    name: "pointer",
    type: FrameType.pointer,
    // Out of date at once: nobody need hear that it came to nothing.
    from: { agent: { to: "customer", needs: "point", whilePaused: "drop" } },
    most: limits.frameBytes,
    ...live,
  },
  {
    name: "marks",
    type: FrameType.marks,
    // Who drew a mark that came to nothing must know.
    from: { customer: toViewers, agent: { to: "customer", needs: "point", whilePaused: "refuse" } },
    most: limits.frameBytes,
    ...live,
  },
  {
    name: "notice",
    type: FrameType.notice,
    from: { customer: toViewers },
    most: limits.frameBytes,
    ...live,
  },
  {
    name: "propose",
    type: FrameType.propose,
    from: { agent: { to: "customer", needs: "propose", whilePaused: "relay" } },
    most: limits.talkBytes,
    ...talk,
    command: "proposal.make",
  },
  {
    name: "chat",
    type: FrameType.chat,
    from: {
      customer: { to: "viewers", needs: "nothing", whilePaused: "relay" },
      agent: { to: "customer", needs: "talk", whilePaused: "relay" },
    },
    most: limits.talkBytes,
    ...talk,
  },
  {
    name: "whisper",
    type: FrameType.whisper,
    from: { agent: { to: "agents", needs: "nothing", whilePaused: "relay" } },
    most: limits.talkBytes,
    ...talk,
  },
];

/** Finds a row by its type. */
export type FrameTable = ReadonlyMap<number, FrameRow>;

export function frameTable(rows: readonly FrameRow[] = frameRows): FrameTable {
  return new Map(rows.map((row) => [row.type, row]));
}
