import type { ControlPolicy, EarlyFinds, PrivacyPolicy } from "@copane/client/customer";

/** What a site may set, by `data-` attributes of the script tag or `copane.init()`. */
export interface CopaneConfig {
  /** The server's base URL; by default where the script came from. */
  server?: string;
  /** False: no button; the site calls `copane.start()` or `copane.join()` itself. */
  launcher?: boolean;
  /** Language of a session this customer starts, and of the widget before there is one. */
  locale?: string;
  /** The customer's name, if the site knows it: then it is not asked for. */
  name?: string;
  /** Corner of the window: `right` (default) or `left`. */
  side?: "right" | "left";
  /**
   * The key that stops the sharing from anywhere in the page, as in `aria-keyshortcuts` (`Control+Shift+F4`); empty for
   * none. By default `Shift+F4`, which neither browsers, systems nor screen readers use.
   */
  stopKey?: string;
  /** What the agent may not see or use, beyond the classes and the automatic masks. */
  privacy?: PrivacyPolicy;
  /**
   * Exact origins (`https://pay.example.com`) of pages in iframes of this one that the agent may see, if they
   * allow it.
   */
  frames?: readonly string[];
  /** What stays the customer's while an agent is in control: sending forms, chosen elements. */
  control?: ControlPolicy;
}

/** Events a site may listen to with `copane.on()`. */
export interface CopaneEvents {
  /** A session was started, joined or resumed. */
  start: { id: string };
  /** It ended; `code` and `text` say why. */
  end: { code: string; text: string };
  /** An agent came in or left. */
  agent: { name: string; joined: boolean };
  /** An agent was granted or lost control. */
  control: { granted: boolean };
}

/** The part that is loaded only when a session begins. */
export interface SessionWidget {
  open(): void;
  start(name?: string): Promise<void>;
  join(key: string, name?: string): Promise<void>;
  resume(): Promise<boolean>;
  stop(reason?: string): Promise<void>;
  /** The page said anew what it hides. */
  policyChanged(): void;
}

export type Emit = <K extends keyof CopaneEvents>(type: K, event: CopaneEvents[K]) => void;

/** What the loader hands to that part. */
export interface WidgetContext {
  config: CopaneConfig & { server: string; assets: string };
  /** What the loader kept since it ran. */
  early: EarlyFinds;
  /** Host of all our elements; never mirrored. */
  host: HTMLElement;
  root: ShadowRoot;
  emit: Emit;
  /** Shows the launcher again, after a session. */
  idle(): void;
}
