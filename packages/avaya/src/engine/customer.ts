export { CustomerSession, Overlay, overlayStyle } from "@copane/client/customer";
