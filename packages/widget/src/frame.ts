import type { EarlyFinds } from "@copane/client/customer";
import type { CopaneSettings } from "./api.ts";
import type { WidgetContext } from "./config.ts";

interface FrameOptions {
  settings: CopaneSettings;
  fetch: WidgetContext["fetch"];
  early: EarlyFinds | undefined;
  /** Whether the page's scripts had the time to say what they hide. */
  ready(): boolean;
}

/** Offers the page in this frame to the pages outside that the site names, and hands it over to one that asks. */
export function listen({ settings, fetch, early, ready }: FrameOptions): void {
  const { parents = [] } = settings;
  const hello = () => {
    if (ready()) parent.postMessage("copane.hello", "*");
  };
  addEventListener("message", async ({ data, origin, source, ports: [port] }) => {
    if ((source !== parent && source !== top) || !parents.includes(origin)) return;
    if (data === "copane.ask") hello();
    if (data !== "copane.port" || !port) return;
    const guest = (await fetch("frame-guest")) as { join(options: object): void };
    const { privacy: policy, control, frames } = settings;
    guest.join({ port, parents, policy, control, frames, early });
  });
  addEventListener("DOMContentLoaded", hello);
  addEventListener("pageshow", ({ persisted }) => persisted && hello());
  hello();
}
