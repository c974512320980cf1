/** The way by SockJS: loaded where WebSockets do not pass. */
export { openSockJs } from "@copane/client/sockjs";
