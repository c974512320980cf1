export { CustomerSession, marksLayerStyle, Overlay, overlayStyle } from "@copane/client/customer";
