import { type PrivacyPolicy, unionOf, usableSelectors } from "@copane/mirror/policy";
import { ALL_VIEWERS, type CommandMessage, type CopaneError, type SessionView } from "@copane/protocol";
import { isRefusal, mirrorFailed, privacyUnusable } from "../errors.ts";
import type { Marks } from "../marks.ts";
import type { CommandAnswer } from "../transport/commands.ts";
import type { SharedPage } from "./shared-page.ts";
import {
  type HoldName,
  heldNames,
  heldView,
  isFaultInTheWay,
  mayMark,
  nothingShared,
  type Sharing,
  type SharingFact,
  sharingOf,
  unsentHolds,
  withFact,
} from "./sharing.ts";

const commands: { readonly [name in HoldName]: CommandMessage } = {
  pause: { t: "session.pause" },
  refusal: { t: "consent.refuse", what: "view" },
  revocation: { t: "control.revoke" },
};

/** Refusals of a command that is sent again and had been done already. */
const doneBefore: ReadonlySet<string> = new Set(["SESSION_PAUSED", "CONTROL_NOT_HELD"]);

/** An engine that failed is not tried again sooner, however often agents ask. In milliseconds. */
const RETRY_MS = 5_000;

export interface SharerOptions {
  page: SharedPage;
  marks: Marks;
  /** What the page itself hides. May throw: it is the site's own function. */
  pagePolicy(): PrivacyPolicy | undefined;
  /** Sends a command; `onSent` hears its number if it goes out. */
  command(command: CommandMessage, onSent: (n: number) => void): Promise<unknown>;
  /** Keeps for the tab's next page what the customer took back. */
  keep(holds: readonly HoldName[]): void;
  /** Tells a viewer, or all (0), that nothing is shared. */
  tellNotShared(viewer: number, error: CopaneError): void;
  /** Something that bears on sharing changed. */
  onChange(sharing: Sharing, error: CopaneError | undefined): void;
  onError(error: CopaneError): void;
}

/** Keeps what decides about sharing, and puts each decision into effect. */
export class Sharer {
  readonly #options: SharerOptions;
  #state = nothingShared;
  /** What every page of the site hides. */
  #sitePolicy: PrivacyPolicy = {};
  /** What is hidden here: the page's own policy and the site's together. Each can only hide more. */
  #policy: PrivacyPolicy = {};
  #policyError: CopaneError | undefined;
  #engineError: CopaneError | undefined;
  #failedAt = 0;

  constructor(options: SharerOptions) {
    this.#options = options;
  }

  /** Whether the customer left. */
  get left(): boolean {
    return this.#state.left;
  }

  get policy(): PrivacyPolicy {
    return this.#policy;
  }

  /** The session as the customer has it, with what they took back. */
  view(session: SessionView | undefined): SessionView | undefined {
    return session && heldView(session, this.#state.holds);
  }

  /** Takes note of a fact, and does what follows from it. */
  know(fact: SharingFact): void {
    const before = this.#state;
    this.#state = withFact(before, fact);
    const { page, marks, keep, onChange } = this.#options;
    // The page may say something else at each start.
    const starts = page.sharing === "off" && sharingOf(this.#state) !== "off";
    if (starts || (this.#policyError && isFaultInTheWay(this.#state)))
      this.#state = withFact(this.#state, { is: "changed", policy: this.#readPolicy() });
    const now = this.#state;
    page.apply(sharingOf(now));
    marks.setEnabled(mayMark(now));
    // Viewers that have just come are greeted by who hears of them.
    if (isFaultInTheWay(now) && !isFaultInTheWay(before) && !("wanted" in fact)) this.greet(ALL_VIEWERS);
    const holds = heldNames(now);
    const held = String(holds) !== String(heldNames(before));
    if (held) keep(holds);
    const others = ["policy", "engine", "left"] as const;
    const changed = others.some((name) => now[name] !== before[name]);
    if (held || changed || sharingOf(now) !== sharingOf(before)) onChange(sharingOf(now), this.#error);
  }

  /**
   * The customer takes something back: it holds from the call on. Rejects with CopaneError if the server did
   * not confirm.
   */
  async takeBack(what: HoldName): Promise<void> {
    this.know({ is: "held", what });
    await this.#send(what);
  }

  /** The customer allows it again. */
  allow(what: HoldName): boolean {
    const held = this.#state.holds[what] !== undefined;
    this.know({ is: "lifted", what });
    return held;
  }

  answered({ n, error }: CommandAnswer): void {
    const how = !error ? "done" : isRefusal(error) ? "refused" : "failed";
    this.know({ is: "answered", n, how });
  }

  /** Sends again what the server does not know. */
  sendAgain(): void {
    for (const what of unsentHolds(this.#state))
      this.#send(what).catch((error: CopaneError) => {
        if (isRefusal(error) && !doneBefore.has(error.name)) this.#options.onError(error);
      });
  }

  /** Tells a viewer that has come, or all (0), why there is nothing to see, if there is a reason. */
  greet(viewer: number): void {
    if (this.#error && isFaultInTheWay(this.#state)) this.#options.tellNotShared(viewer, this.#error);
  }

  /** The engine failed, and beginning anew did not help. */
  failed(cause: unknown): void {
    this.#engineError = mirrorFailed(cause);
    this.#failedAt = Date.now();
    this.know({ is: "changed", engine: "failed" });
    this.#options.onError(this.#engineError);
  }

  /** A viewer wants a picture where there is none: it is made, or the viewer is told why there is none. */
  askedAgain(viewer: number): void {
    this.tryAgain();
    this.greet(viewer);
  }

  /** A viewer asks for a picture. */
  tryAgain(): void {
    if (this.#state.engine === "failed" && Date.now() - this.#failedAt >= RETRY_MS)
      this.know({ is: "changed", engine: "sound" });
  }

  /** The connection stands again: what did not come by it before may come now. */
  connected(): void {
    if (this.#state.engine === "failed") this.know({ is: "changed", engine: "sound" });
  }

  /** The server said what every page of the site hides. */
  setSitePolicy(policy: PrivacyPolicy): void {
    if (JSON.stringify(policy) === JSON.stringify(this.#sitePolicy)) return;
    this.#sitePolicy = policy;
    this.policyChanged();
  }

  /** What this page hides is another from now on. */
  policyChanged(): void {
    const policy = this.#readPolicy();
    // What failed under one policy may work under another.
    this.know({ is: "changed", policy, engine: "sound" });
    if (policy === "usable") this.#options.page.setPolicy(this.#policy);
  }

  async #send(what: HoldName): Promise<void> {
    let sent: number | undefined;
    const onSent = (n: number) => {
      sent = n;
      this.know({ is: "held", what, n });
    };
    try {
      await this.#options.command(commands[what], onSent);
    } catch (error) {
      // Whoever was told that no answer came must not be overruled by one that comes later.
      if (sent !== undefined && !isRefusal(error as CopaneError))
        this.know({ is: "answered", n: sent, how: "failed" });
      throw error;
    }
  }

  /** Why nothing is shared, by our own fault or the site's. */
  get #error(): CopaneError | undefined {
    return this.#policyError ?? (this.#state.engine === "failed" ? this.#engineError : undefined);
  }

  #readPolicy(): "usable" | "unusable" {
    try {
      const policy = unionOf([this.#options.pagePolicy() ?? {}, this.#sitePolicy]);
      usableSelectors(policy);
      this.#policy = policy;
      this.#policyError = undefined;
      return "usable";
    } catch (cause) {
      if (!this.#policyError) {
        this.#policyError = privacyUnusable(cause);
        console.warn("copane: what is to be hidden cannot be, so nothing is shown", cause);
        this.#options.onError(this.#policyError);
      }
      return "unusable";
    }
  }
}
