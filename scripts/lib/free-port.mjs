import { createServer } from "node:net";

/** A port of 127.0.0.1 that nobody listens at. Another program may take it before it is used. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
