/** What a customer's session is made of: one script, loaded when a session begins. */
export { CustomerSession, marksLayerStyle, Overlay, overlayStyle } from "@copane/client/customer";
export { CustomerMatch } from "@copane/client/match";
export { createCapture } from "@copane/mirror/capture";
export { pointedAt } from "@copane/mirror/control";
