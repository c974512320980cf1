/** Drawing and pointing, loaded by the session once somebody marks something. */
export { createCustomerMarks } from "@copane/mirror/marks";
