import { createReplica, type Replica } from "@copane/mirror/replica";

/** What the attacks do in a page with replicas in it. */
export interface ReplicaApi {
  /** Plays streams, each from a replica that begins with it. Gives the longest turn of the page, in milliseconds. */
  play(streams: readonly Stream[]): Promise<{ longestMs: number; errors: string[] }>;
}

/** Frames in base64, with the flags of each. */
export type Stream = readonly { flags: number; payload: string }[];

declare global {
  interface Window {
    replicas: ReplicaApi;
  }
}

/** A replica is shared by so many streams: to make one takes longer than to play most. */
const SHARED = 25;

let replica: Replica | undefined;
let played = 0;
let epoch = 0;
const thrown: string[] = [];
window.addEventListener("error", ({ message }) => thrown.push(message));
window.addEventListener("unhandledrejection", ({ reason }) => thrown.push(String(reason)));

function current(): Replica {
  if (!replica || played++ % SHARED === 0) {
    replica?.destroy();
    replica = createReplica({
      container: document.getElementById("view") as HTMLElement,
      label: "Attacked",
      sendFeedback: () => {},
      sendInput: () => {},
      sendPointer: () => {},
    });
  }
  return replica;
}

const turn = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(0);
  });

window.replicas = {
  async play(streams) {
    let longestMs = 0;
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestMs = Math.max(longestMs, duration);
    });
    tasks.observe({ entryTypes: ["longtask"] });
    for (const stream of streams) {
      const shown = current();
      epoch++;
      for (const [seq, { flags, payload }] of stream.entries()) {
        const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
        const began = performance.now();
        try {
          shown.receive({ page: 1, epoch, seq, flags, payload: bytes });
        } catch (error) {
          thrown.push(`thrown: ${error}`);
        }
        longestMs = Math.max(longestMs, performance.now() - began);
        await turn();
      }
    }
    // What it set off: layout, loading, timers.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)));
    tasks.disconnect();
    return { longestMs, errors: thrown.splice(0) };
  },
};
