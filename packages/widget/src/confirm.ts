import type { CustomerSession } from "@copane/client/customer";
import {
  type Consent,
  consentOf,
  foremostAgentOf,
  isControlled,
  nameOf,
  type SessionView,
} from "@copane/protocol";
import type { Confirm, CopaneSettings } from "./api.ts";

/** No answer for so long is no, in milliseconds. */
const ANSWER_MS = 60_000;

type Kind = Consent | "control";

interface Asked {
  timer?: ReturnType<typeof setTimeout>;
  /** The answer did not reach the server: the panel asks. */
  failed?: boolean;
}

export interface SiteQuestionsOptions {
  settings(): CopaneSettings;
  session: Pick<
    CustomerSession,
    "session" | "giveConsent" | "refuseConsent" | "grantControl" | "denyControl"
  >;
  onError(error: Error): void;
  /** The panel asks after all. */
  onFailed(): void;
}

/** Asks the customer by functions of the site, where it has set some, in place of the panel. */
export class SiteQuestions {
  readonly #options: SiteQuestionsOptions;
  readonly #asked = new Map<Kind, Asked>();

  constructor(options: SiteQuestionsOptions) {
    this.#options = options;
  }

  /** Asks what is new. Gives the session as the panel shows it: as if no were the answer to what the site asks. */
  follow(view: SessionView): SessionView {
    const by: Record<Kind, boolean> = {
      view: this.#follow(view, "view", consentOf(view, "view") === "asked"),
      recording: this.#follow(view, "recording", consentOf(view, "recording") === "asked"),
      control: this.#follow(view, "control", view.control.pending !== undefined),
    };
    const { pending: _, ...control } = view.control;
    const { consent } = view;
    const unasked = (["view", "recording"] as const).filter((what) => by[what]);
    return {
      ...view,
      control: by.control ? control : view.control,
      consent: { ...consent, refused: [...consent.refused, ...unasked] },
    };
  }

  /** What was asked is not listened to any more. */
  destroy(): void {
    for (const kind of [...this.#asked.keys()]) this.#forget(kind);
  }

  /** Whether the site asks this, or has asked it and the server does not know the answer yet. */
  #follow(view: SessionView, kind: Kind, open: boolean): boolean {
    // Before the figures are compared a stranger may be there.
    const asks = open && !view.match && foremostAgentOf(view) && this.#functionFor(view, kind);
    if (!asks) {
      this.#forget(kind);
      return false;
    }
    const before = this.#asked.get(kind);
    if (before) return !before.failed;
    const asked: Asked = {};
    this.#asked.set(kind, asked);
    void this.#ask(kind, asked, asks);
    return true;
  }

  async #ask(kind: Kind, asked: Asked, ask: () => unknown): Promise<void> {
    const late = new Promise<false>((done) => {
      asked.timer = setTimeout(() => done(false), ANSWER_MS);
    });
    // In a promise, so that a throw is a rejection.
    const answer = Promise.resolve().then(ask);
    const yes = await Promise.race([answer, late]).catch((error) => {
      console.error("copane: a question of the site failed, which is a no", error);
      return false;
    });
    clearTimeout(asked.timer);
    if (this.#asked.get(kind) !== asked) return;
    const { session, onError, onFailed } = this.#options;
    // Who acts in the page can press what the site shows there.
    const allowed = yes === true && session.session !== undefined && !isControlled(session.session);
    try {
      if (kind === "control") await (allowed ? session.grantControl() : session.denyControl());
      else await (allowed ? session.giveConsent(kind) : session.refuseConsent(kind));
    } catch (error) {
      asked.failed = true;
      onError(error as Error);
      onFailed();
    }
  }

  #functionFor(view: SessionView, kind: Kind): (() => unknown) | undefined {
    const { confirmView, confirmRecording, confirmControl } = this.#options.settings();
    const { pending, level = "full", scope, endsInMs } = view.control;
    if (kind === "control") {
      const question = {
        agent: nameOf(view, pending),
        level,
        minutes: endsInMs === undefined ? undefined : endsInMs / 60_000,
        limited: scope !== undefined,
      };
      return confirmControl && (() => confirmControl(question));
    }
    const confirm: Confirm<{ agent: string }> | undefined = kind === "view" ? confirmView : confirmRecording;
    return confirm && (() => confirm({ agent: foremostAgentOf(view)?.name ?? "" }));
  }

  #forget(kind: Kind): void {
    clearTimeout(this.#asked.get(kind)?.timer);
    this.#asked.delete(kind);
  }
}
