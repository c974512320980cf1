import { request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { listen, type Site } from "./http.ts";

/** A proxy in front of a server, in which a test holds back what the server says, and lets it through bit by bit. */
export interface HeldProxy extends Site {
  /** From now on nothing that the server says on a socket, and no request, comes through. */
  hold(): void;
  /** Lets the oldest socket message through; false when none waits. */
  releaseOne(): boolean;
  /** All comes through again. */
  release(): void;
  /** How many socket messages wait. */
  readonly waiting: number;
}

export async function startHeldProxy(target: string): Promise<HeldProxy> {
  const { hostname, port } = new URL(target);
  let holding = false;
  const messages: (() => void)[] = [];
  const requests: (() => void)[] = [];
  const site = await listen((request, response) => {
    const pass = () => {
      const { url: path, method, headers } = request;
      const onward = httpRequest({ hostname, port, path, method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.destroy());
      request.pipe(onward);
    };
    if (holding) requests.push(pass);
    else pass();
  });
  site.server.on("upgrade", (request, socket: Socket, head) => {
    const onward = connect(Number(port), hostname, () => {
      // Without extensions a frame on the socket is one message, as it was sent.
      const headers = request.rawHeaders.flatMap((name, i, all) =>
        i % 2 || name.toLowerCase() === "sec-websocket-extensions" ? [] : [`${name}: ${all[i + 1]}`],
      );
      onward.write(`GET ${request.url} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward);
    });
    const cut = messageCutter();
    onward.on("data", (data: Buffer) => {
      for (const message of cut(data)) {
        if (holding) messages.push(() => socket.write(message));
        else socket.write(message);
      }
    });
    onward.on("error", () => socket.destroy());
    onward.on("close", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    socket.on("close", () => onward.destroy());
  });
  return {
    origin: site.origin,
    close: site.close,
    get waiting() {
      return messages.length;
    },
    hold() {
      holding = true;
    },
    releaseOne() {
      const next = messages.shift();
      next?.();
      return next !== undefined;
    },
    release() {
      holding = false;
      for (const pass of [...messages.splice(0), ...requests.splice(0)]) pass();
    },
  };
}

/** Cuts what a WebSocket server sends into its answer to the upgrade and then its frames (RFC 6455, unmasked). */
function messageCutter(): (data: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  let upgraded = false;
  const next = (): Buffer | undefined => {
    const length = upgraded ? frameLength(rest) : rest.indexOf("\r\n\r\n") + 4;
    if (length === undefined || rest.length < length || (!upgraded && length < 4)) return undefined;
    upgraded = true;
    const message = rest.subarray(0, length);
    rest = rest.subarray(length);
    return message;
  };
  return (data) => {
    rest = Buffer.concat([rest, data]);
    const messages: Buffer[] = [];
    for (let message = next(); message; message = next()) messages.push(message);
    return messages;
  };
}

function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  if (short < 126) return 2 + short;
  if (short === 126) return bytes.length < 4 ? undefined : 4 + bytes.readUInt16BE(2);
  return bytes.length < 10 ? undefined : 10 + Number(bytes.readBigUInt64BE(2));
}
