/** Drawing and pointing: loaded by the session once somebody marks something. */
export { createCustomerMarks } from "@copane/mirror/marks";
export { createMarksUi, type MarksUi } from "./ui/marks-ui.ts";
