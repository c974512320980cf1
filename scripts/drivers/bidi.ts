import { WebSocket } from "ws";

interface Answer {
  id: number;
  type: "success" | "error";
  result?: Record<string, unknown>;
  error?: string;
  message?: string;
}

/** An event that was subscribed to. */
interface Told {
  type: "event";
  method: string;
  params: Record<string, unknown>;
}

/** A connection that speaks WebDriver BiDi: commands and their answers. */
export class BidiConnection {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #listeners = new Set<(method: string, params: Record<string, unknown>) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      const answer = JSON.parse(String(data)) as Answer | Told;
      if (answer.type === "event") {
        for (const listener of this.#listeners) listener(answer.method, answer.params);
        return;
      }
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    socket.on("close", () => {
      const error = { type: "error", error: "closed", message: "the browser has gone" } as const;
      for (const [id, answer] of this.#waiting) answer({ id, ...error });
      this.#waiting.clear();
    });
  }

  static open(url: string): Promise<BidiConnection> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      socket.once("open", () => resolve(new BidiConnection(socket)));
      socket.once("error", reject);
    });
  }

  /** Sends a command and gives its result. Rejects with the browser's error. */
  send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ type, result, error, message }) => {
        if (type === "success") resolve(result ?? {});
        else reject(new Error(`${method}: ${error}: ${message}`));
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** Tells each event; which come says the session's subscription. */
  onEvent(listener: (method: string, params: Record<string, unknown>) => void): void {
    this.#listeners.add(listener);
  }

  close(): void {
    this.#socket.close();
  }
}
