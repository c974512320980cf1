/** What decides about what may leave: the widget makes a script of it, which is fetched beside the session's. */
export * from "./addresses.ts";
export { FieldWatch } from "./field-watch.ts";
export { maskText, maskValue } from "./mask.ts";
export { maskedAttribute } from "./masked-attributes.ts";
export { withoutTexts } from "./masked-styles.ts";
export { unionOf } from "./union.ts";
export { Privacy } from "./verdict.ts";
