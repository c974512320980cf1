/** What a host page may tell the view by `postMessage`, from exactly the origin that the attribute names. */
export type HostMessage =
  | { copane: "token"; token: string; name?: string }
  /** Joins a customer by the key they read out; a session by an invitation; or makes a key. */
  | { copane: "join"; passphrase: string }
  | { copane: "invited"; key: string }
  /** Joins a customer who waits, by the reference of a chat or call. */
  | { copane: "waiting"; reference: string }
  | { copane: "create"; locale?: string }
  | { copane: "leave" };

/** What the view tells the host page, to that origin alone. */
export type ViewMessage =
  | { copane: "ready" }
  | { copane: "key"; passphrase: string }
  | { copane: "event"; event: string; state: string }
  | { copane: "ended"; code: string }
  | { copane: "error"; name: string; message: string };

/** Whether an attribute's value is one exact origin; `*` and addresses with a path are none. */
export function isExactOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}

/** Listens to one host page. Whatever comes from elsewhere, or is none of our messages, is not looked at. */
export class Host {
  readonly #origin: string;
  readonly #abort = new AbortController();
  #source: Window | undefined;

  constructor(origin: string, take: (message: HostMessage) => void) {
    this.#origin = origin;
    window.addEventListener(
      "message",
      (event) => {
        const message = event.origin === origin ? parse(event.data) : undefined;
        if (!message) return;
        this.#source = event.source as Window;
        take(message);
      },
      { signal: this.#abort.signal },
    );
    // Told once, so that the host page knows that it may send the token.
    if (window.parent !== window)
      window.parent.postMessage({ copane: "ready" } satisfies ViewMessage, origin);
  }

  tell(message: ViewMessage): void {
    this.#source?.postMessage(message, this.#origin);
  }

  destroy(): void {
    this.#abort.abort();
  }
}

const texts = {
  token: ["token"],
  join: ["passphrase"],
  invited: ["key"],
  waiting: ["reference"],
  create: [],
  leave: [],
} as const;

function parse(data: unknown): HostMessage | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const message = data as Record<string, unknown>;
  const needed = Object.entries(texts).find(([type]) => type === message.copane)?.[1];
  if (!needed?.every((field) => typeof message[field] === "string")) return undefined;
  for (const field of ["name", "locale"])
    if (message[field] !== undefined && typeof message[field] !== "string") return undefined;
  return message as unknown as HostMessage;
}
