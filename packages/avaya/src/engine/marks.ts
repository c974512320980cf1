export { createCustomerMarks } from "@copane/mirror/marks";
