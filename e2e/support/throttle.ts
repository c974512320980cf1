import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Site } from "./http.ts";

/** How often the valve opens, in milliseconds. */
const TURN_MS = 20;

export interface Throttle extends Site {
  /** Bytes let through to the client so far. */
  readonly passed: number;
}

/** A line to `target` that gives a client so many bytes a second and no more; what comes from it passes freely. */
export async function startThrottle(target: string, bytesPerSecond: number): Promise<Throttle> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let passed = 0;
  const server = createServer((client) => {
    const onward = connect(Number(port), hostname);
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on("close", () => {
        sockets.delete(socket);
        clearInterval(valve);
        client.destroy();
        onward.destroy();
      });
      socket.on("error", () => socket.destroy());
    }
    client.pipe(onward);
    onward.pause();
    const valve = setInterval(() => {
      // Whatever is not read here waits in the server's own queue: that is what is tested.
      const chunk = onward.read(
        Math.min(onward.readableLength || 1, (bytesPerSecond * TURN_MS) / 1_000),
      ) as Buffer | null;
      if (!chunk) return;
      passed += chunk.length;
      client.write(chunk);
    }, TURN_MS);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get passed() {
      return passed;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
