import type { CDPSession, Page } from "playwright-core";

/** What a page's process holds, after collections. */
export interface Held {
  documents: number;
  nodes: number;
  listeners: number;
  heapBytes: number;
}

const meters = new WeakMap<Page, Promise<CDPSession>>();

/** Collects garbage until no document goes any more, and counts what is left. */
export async function heldBy(page: Page): Promise<Held> {
  const started = meters.get(page) ?? page.context().newCDPSession(page);
  meters.set(page, started);
  const session = await started;
  const collect = async (): Promise<Held> => {
    await session.send("HeapProfiler.collectGarbage");
    const { documents, nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    return { documents, nodes, listeners: jsEventListeners, heapBytes: usedSize };
  };
  let last = await collect();
  // Frames that are gone are let go of over some turns of the page.
  for (let same = 0, times = 0; same < 2 && times < 12; times++) {
    const next = await collect();
    same = next.documents === last.documents && next.nodes === last.nodes ? same + 1 : 0;
    last = next;
  }
  return last;
}
