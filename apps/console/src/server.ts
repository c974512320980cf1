import { AgentRest, type SockJsConstructor } from "@copane/client/agent";

/** The desk stands at `<server>/desk/`, whatever stands before it. */
export const server = new URL("..", location.href.replace(/[?#].*$/, "")).href.replace(/\/$/, "");

export const rest = new AgentRest(server);

/** Loads sockjs-client, which is needed only where WebSockets do not pass. */
export async function loadSockJs(): Promise<SockJsConstructor> {
  const { default: SockJs } = (await import(/* @vite-ignore */ `${server}/sdk/copane-sockjs.js`)) as {
    default: SockJsConstructor;
  };
  return SockJs;
}
