import { paths } from "@copane/protocol";
import { provideEngine } from "./engine.ts";
import { AvayaCoBrowseClientServices } from "./services.ts";

declare global {
  interface Window {
    AvayaCoBrowseClientServices: typeof AvayaCoBrowseClientServices;
  }
}

/** The folder that this script came from; none when it was pasted into another one. */
const folder = (document.currentScript as HTMLScriptElement | null)?.src.match(
  /^(.*\/)AvayaCoBrowseClientServices[^/]*$/,
)?.[1];

/** A part of the engine: from beside this script, or, where a site copied only that, from the server. */
async function load<T>(name: string, server: string): Promise<T> {
  const atServer = server + paths.sdk;
  try {
    return await import(`${folder ?? atServer}${name}.js`);
  } catch (error) {
    if (!folder || folder === atServer) throw error;
    return await import(`${atServer}${name}.js`);
  }
}

provideEngine({
  customer: (server) => load("copane-customer", server),
  agent: (server) => load("copane-agent", server),
  marks: (server) => load("copane-marks", server),
  control: (server) => load("copane-control", server),
  features: (server) => load("copane-features", server),
  sockJs: (server) => load("copane-sockjs", server),
});

// Loaded twice, the first one stays: it may hold a session.
window.AvayaCoBrowseClientServices ??= AvayaCoBrowseClientServices;
