import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect, type Socket } from "node:net";
import { listen, type Site } from "./http.ts";
import { SocketMessages } from "./socket-messages.ts";

/** A proxy whose line can be cut for a while. */
export interface CuttableSite extends Site {
  cut(on: boolean): void;
}

/** Is told what passes a proxy on the way to the server. */
export interface ProxyEar {
  request(url: string, headers: IncomingHttpHeaders, body: Buffer): void;
  /** A whole message of a WebSocket. */
  message(message: Buffer): void;
}

/** A reverse proxy that serves `target` under a path prefix, sockets included, as nginx would. */
export async function startProxy(target: string, prefix: string, ear?: ProxyEar): Promise<CuttableSite> {
  const { hostname, port } = new URL(target);
  const strip = (url: string | undefined) =>
    url?.startsWith(`${prefix}/`) ? url.slice(prefix.length) : undefined;
  const site = await listen((request, response) => {
    const path = strip(request.url);
    if (path === undefined) {
      response.writeHead(404).end();
      return;
    }
    const onward = httpRequest(
      { hostname, port, path, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
    if (!ear) return;
    const body: Buffer[] = [];
    request.on("data", (chunk: Buffer) => body.push(chunk));
    request.on("end", () => ear.request(site.origin + path, request.headers, Buffer.concat(body)));
  });
  site.server.on("upgrade", (request, socket, head) => {
    const path = strip(request.url);
    if (path === undefined) {
      socket.destroy();
      return;
    }
    const onward = connect(Number(port), hostname, () => {
      const headers = request.rawHeaders.flatMap((name, i, all) => (i % 2 ? [] : [`${name}: ${all[i + 1]}`]));
      // Who listens has to read what is sent.
      const open = ear ? headers.filter((line) => !/^sec-websocket-extensions:/i.test(line)) : headers;
      onward.write(`GET ${path} HTTP/1.1\r\n${open.join("\r\n")}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
      if (!ear) return;
      const messages = new SocketMessages((message) => ear.message(message));
      messages.add(head);
      socket.on("data", (chunk: Buffer) => messages.add(chunk));
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    socket.on("close", () => onward.destroy());
  });
  const sockets = new Set<Socket>();
  let isCut = false;
  site.server.on("connection", (socket) => {
    if (isCut) socket.destroy();
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const cut = (on: boolean) => {
    isCut = on;
    if (on) for (const socket of sockets) socket.destroy();
  };
  return { origin: `${site.origin}${prefix}`, close: site.close, cut };
}
