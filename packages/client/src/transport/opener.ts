import { type LoadSockJs, openWebSocket, type Socket, type SocketEvents } from "./socket.ts";

/** Where the tab remembers that WebSockets do not pass. */
const FALLBACK_KEY = "copane.fallback";

/** Opens sockets to one address: WebSockets, or SockJS where these do not pass. */
export class Opener {
  readonly #url: string;
  readonly #loadSockJs: LoadSockJs | undefined;
  #fallback = remembersFallback();

  /** @param loadSockJs loads the way by SockJS; without it there is none */
  constructor(url: string, loadSockJs: LoadSockJs | undefined) {
    this.#url = url;
    this.#loadSockJs = loadSockJs;
  }

  /**
   * Opens a socket. `events.closed` comes also when there is none to open.
   * @param made takes the socket, before any of its events
   */
  open(events: SocketEvents, made: (socket: Socket) => void): void {
    try {
      if (this.#fallback && this.#loadSockJs)
        this.#loadSockJs().then(
          ({ openSockJs }) => made(openSockJs(this.#url, events)),
          // The script did not load: the network may be better later.
          () => events.closed(1006, false),
        );
      else made(openWebSocket(`${this.#url}/websocket`, events));
    } catch {
      // The address is refused.
      events.closed(1006, false);
    }
  }

  /** WebSockets do not pass: SockJS from now on, on the tab's next pages too. False when there is no such way. */
  fallBack(): boolean {
    if (this.#fallback || !this.#loadSockJs) return false;
    this.#fallback = true;
    rememberFallback();
    return true;
  }
}

function remembersFallback(): boolean {
  try {
    return sessionStorage.getItem(FALLBACK_KEY) === "1";
  } catch {
    return false;
  }
}

function rememberFallback(): void {
  try {
    sessionStorage.setItem(FALLBACK_KEY, "1");
  } catch {
    // Blocked storage: the next page finds out again.
  }
}
