export { CustomerSession, marksLayerStyle, Overlay, overlayStyle } from "@copane/client/customer";
export { pointedAt } from "@copane/mirror/control";
