/** All ways of SockJS, by the names of its clients. */
export const transports = [
  "websocket",
  "xhr-streaming",
  "eventsource",
  "iframe-eventsource",
  "iframe-htmlfile",
  "xhr-polling",
  "iframe-xhr-polling",
  "jsonp-polling",
] as const;

/** What a page with a SockJS client of some version is asked to do, and what comes back. */
export interface SockJsTry {
  url: string;
  transport: string;
  /** Texts to send, each once the one before was answered. */
  texts: string[];
}

interface SockJsSocket {
  transport: string | null;
  onopen: () => void;
  onmessage: (event: { data: string }) => void;
  onclose: (event: { code: number; reason: string }) => void;
  send(text: string): void;
  close(): void;
}
declare const SockJS: new (url: string, reserved: null, options: { transports: string[] }) => SockJsSocket;

/** Runs in the page: opens a socket with one transport alone. Gives the transport and the kinds of what came. */
export function trySockJs({ url, transport, texts }: SockJsTry): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = new SockJS(url, null, { transports: [transport] });
    const came: string[] = [];
    const left = [...texts];
    const next = () => {
      const text = left.shift();
      if (text !== undefined) socket.send(text);
      return text !== undefined;
    };
    socket.onopen = () => {
      came.push(String(socket.transport));
      next();
    };
    socket.onmessage = ({ data }) => {
      const kind = (JSON.parse(data) as { t: string }).t;
      if (kind !== "welcome" && kind !== "pong") return;
      came.push(kind);
      if (!next()) socket.close();
    };
    socket.onclose = ({ code, reason }) => resolve([...came, `${code} ${reason}`.trim()]);
  });
}
