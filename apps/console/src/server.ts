import { AgentRest, type OpenSocket } from "@copane/client/agent";

/** The desk stands at `<server>/desk/`, whatever stands before it. */
export const server = new URL("..", location.href.replace(/[?#].*$/, "")).href.replace(/\/$/, "");

export const rest = new AgentRest(server);

/** Loads the way by SockJS, which is needed only where WebSockets do not pass. */
export async function loadSockJs(): Promise<OpenSocket> {
  const script = `${server}/sdk/copane-sockjs.js`;
  const { openSockJs } = (await import(/* @vite-ignore */ script)) as typeof import("@copane/client/sockjs");
  return openSockJs;
}
