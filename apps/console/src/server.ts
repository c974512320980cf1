import { AgentRest } from "@copane/client/agent";

/** The desk stands at `<server>/desk/`, whatever stands before it. */
export const server = new URL("..", location.href.replace(/[?#].*$/s, "")).href.replace(/\/$/, "");

/** The desk's own address, which a sign-in elsewhere leads back to. */
export const deskAddress = `${server}/desk/`;

export const rest = new AgentRest(server);

/** Loads the way by SockJS, which is needed only where WebSockets do not pass. */
export function loadSockJs(): Promise<typeof import("@copane/client/sockjs")> {
  return import(/* @vite-ignore */ `${server}/sdk/copane-sockjs.js`);
}
