export { openSockJs } from "@copane/client/sockjs";
