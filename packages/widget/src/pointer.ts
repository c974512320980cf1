/** What the customer sees of an agent's hand in the page: loaded by the session once an agent points. */
export { Overlay, overlayStyle as style } from "@copane/client/customer";
export { pointedAt } from "@copane/mirror/control";
