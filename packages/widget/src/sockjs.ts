import type { SockJsConstructor } from "@copane/client/customer";

/** Loads sockjs-client, which is needed only where WebSockets do not pass. */
export async function loadSockJs(assets: string): Promise<SockJsConstructor> {
  const { default: SockJs } = (await import(`${assets}copane-sockjs.js`)) as { default: SockJsConstructor };
  return SockJs;
}
