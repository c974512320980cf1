import type { EarlyFinds } from "@copane/client/customer";
import type { CopaneEvents, CopaneSession, CopaneSettings, CopaneStatus, StartOptions } from "./api.ts";

/** The part that is loaded only when a session begins. */
export interface SessionWidget {
  open(options: StartOptions): void;
  start(options: StartOptions): Promise<void>;
  join(key: string, options?: StartOptions): Promise<void>;
  resume(): Promise<boolean>;
  stop(reason?: string): Promise<void>;
  /** The page said anew what it hides. */
  policyChanged(): void;
  /** In a browser that is too old: shows the launcher. */
  idle?(): void;
}

export type Emit = <K extends keyof CopaneEvents>(type: K, event: CopaneEvents[K]) => void;

/** The settings and how things stand: one object, which the site sees as `copane`. */
export type Known = CopaneSettings & { -readonly [name in keyof CopaneStatus]: CopaneStatus[name] } & {
  server: string;
  session?: CopaneSession | undefined;
};

/** What the loader hands to that part. */
export interface WidgetContext {
  config: Known;
  /**
   * Fetches a script of ours by its name, `chat` for `copane-chat.js`. Rejects when it does not come, or is not the
   * one of this hash; the loader knows those of what it fetches itself.
   */
  fetch(name: string, hash?: string): Promise<unknown>;
  /** What the loader kept since it ran. */
  early: EarlyFinds;
  /** Host of all our elements; never mirrored. */
  host: HTMLElement;
  root: ShadowRoot;
  emit: Emit;
  /** Events that those hear who listen only later. */
  present: { [type: string]: unknown };
  /** Shows the launcher again, after a session. */
  idle(): void;
}
