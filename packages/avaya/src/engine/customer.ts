export { CustomerSession, marksLayerStyle, Overlay, overlayStyle } from "@copane/client/customer";
export { CustomerMatch } from "@copane/client/match";
export { pointedAt } from "@copane/mirror/control";
