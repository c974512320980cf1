/** Drawing and pointing: loaded by the session once somebody marks something. */
export { createCustomerMarks } from "@copane/mirror/marks";
export { marksStyle as style } from "./ui/marks-style.ts";
export { createMarksUi, type MarksUi } from "./ui/marks-ui.ts";
