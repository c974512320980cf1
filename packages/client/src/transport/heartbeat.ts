/** After so long without a byte the server is asked for a sign of life, in milliseconds; in a hidden tab, seldom. */
const QUIET_MS = 2_000;
const HIDDEN_MS = 15_000;

/** A server that has not answered by then is silent: the screens say so within five seconds. */
const ANSWER_MS = 2_400;

/** A line that was silent for so long more is given up. */
const DEAD_MS = 8_000;

/** The question waits behind what was sent before it: a slow line carries so many bytes in a millisecond. */
const BYTES_PER_MS = 128;

/**
 * A timer that is so late was held up: by a frozen or throttled tab, a sleeping computer, a page that was busy. What
 * arrived meanwhile is still to be heard, so it proves nothing.
 */
const LATE_MS = 1_500;

export interface HeartbeatOptions {
  /** Asks the server for a sign of life: one small message. */
  ask(): void;
  /** Bytes handed over but not yet sent. */
  buffered(): number;
  /** Nothing comes from the server. */
  onSilent(): void;
  /** It does again. */
  onAnswer(): void;
  /** Nothing came for so long that the line is to be given up. */
  onDead(): void;
}

/** Notices when a server falls silent though the line stands, as behind a proxy that has stopped passing. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #phase: "stopped" | "quiet" | "asked" | "silent" = "stopped";
  #heardAt = 0;
  #askedAt = 0;
  /** What a slow line may still have to carry, as of `#sentAt`. */
  #backlog = 0;
  #sentAt = 0;
  #dueAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** The line stands, and something was sent that the server answers. */
  start(): void {
    const now = Date.now();
    this.#heardAt = now;
    this.#askedAt = now;
    this.#backlog = 0;
    this.#phase = "asked";
    this.#in(ANSWER_MS);
    globalThis.document?.addEventListener("visibilitychange", this.#shown);
  }

  stop(): void {
    this.#phase = "stopped";
    clearTimeout(this.#timer);
    globalThis.document?.removeEventListener("visibilitychange", this.#shown);
  }

  /** Something arrived. `answer` where it answers the question: then all that was sent before has arrived too. */
  heard(answer = false): void {
    if (this.#phase === "stopped") return;
    this.#heardAt = Date.now();
    if (answer) this.#backlog = 0;
    const wasSilent = this.#phase === "silent";
    this.#phase = "quiet";
    if (!wasSilent) return;
    this.#in(QUIET_MS);
    this.#options.onAnswer();
  }

  /** So many bytes were sent. */
  sent(bytes: number): void {
    this.#backlog = this.#waiting() + bytes;
    this.#sentAt = Date.now();
  }

  #waiting(): number {
    const carried = (Date.now() - this.#sentAt) * BYTES_PER_MS;
    return Math.max(this.#options.buffered(), this.#backlog - carried);
  }

  readonly #shown = (): void => {
    if (!isHidden() && this.#phase === "quiet") this.#quiet();
  };

  #in(ms: number): void {
    clearTimeout(this.#timer);
    this.#dueAt = Date.now() + ms;
    this.#timer = setTimeout(() => this.#due(), ms);
  }

  #due(): void {
    const late = Date.now() - this.#dueAt > LATE_MS;
    if (this.#phase === "quiet") this.#quiet();
    else if (late) this.#ask();
    else if (this.#phase === "silent") this.#options.onDead();
    else this.#unanswered();
  }

  #quiet(): void {
    const wait = this.#heardAt + (isHidden() ? HIDDEN_MS : QUIET_MS) - Date.now();
    if (wait > 0) this.#in(wait);
    else this.#ask();
  }

  #ask(): void {
    this.#askedAt = Date.now();
    if (this.#phase === "quiet") this.#phase = "asked";
    this.#options.ask();
    this.#in(this.#phase === "silent" ? DEAD_MS : ANSWER_MS);
  }

  #unanswered(): void {
    const wait = this.#askedAt + ANSWER_MS + this.#waiting() / BYTES_PER_MS - Date.now();
    if (wait > 0) {
      this.#in(wait);
      return;
    }
    this.#phase = "silent";
    this.#in(DEAD_MS);
    this.#options.onSilent();
  }
}

function isHidden(): boolean {
  return globalThis.document?.visibilityState === "hidden";
}
