/** One socket, whatever carries it. Callbacks never come before the constructor's caller has returned. */
export interface Socket {
  sendText(text: string): void;
  sendFrame(bytes: Uint8Array): void;
  close(): void;
  readonly buffered: number;
}

export interface SocketEvents {
  open(): void;
  text(text: string): void;
  frame(bytes: Uint8Array): void;
  /** Comes once, also when the socket never opened. */
  closed(code: number, opened: boolean): void;
}

/** Loads what opens a socket that is not a WebSocket. */
export type LoadSockJs = () => Promise<{ openSockJs(url: string, events: SocketEvents): Socket }>;

/** A WebSocket that has not opened by then is taken for blocked. */
const OPEN_MS = 4_000;

/** A plain WebSocket: text messages and binary frames. */
export function openWebSocket(url: string, events: SocketEvents): Socket {
  const socket = new WebSocket(url.replace(/^http/, "ws"));
  socket.binaryType = "arraybuffer";
  let opened = false;
  let ended = false;
  const end = (code: number) => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    events.closed(code, opened);
  };
  const timer = setTimeout(() => {
    end(1006);
    socket.close();
  }, OPEN_MS);
  socket.onopen = () => {
    opened = true;
    clearTimeout(timer);
    if (!ended) events.open();
  };
  socket.onmessage = ({ data }) => {
    if (ended) return;
    if (typeof data === "string") events.text(data);
    else events.frame(new Uint8Array(data as ArrayBuffer));
  };
  socket.onclose = ({ code }) => end(code);
  return {
    sendText: (text) => socket.send(text),
    sendFrame: (bytes) => socket.send(bytes as Uint8Array<ArrayBuffer>),
    close: () => socket.close(),
    get buffered() {
      return socket.bufferedAmount;
    },
  };
}
