/** Screens of rarer moments, and what lifts the widget over a modal dialog: loaded by the session when one comes. */
export { Lift } from "./ui/lift.ts";
export { rareScreens } from "./ui/screens.ts";
export { screensStyle as style } from "./ui/screens-style.ts";
