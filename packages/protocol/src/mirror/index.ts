export * from "./feedback.ts";
export type { WantedFont } from "./font-key.ts";
export * from "./framed.ts";
export * from "./input.ts";
export * from "./marks.ts";
export * from "./notice.ts";
export * from "./ops.ts";
export * from "./reader.ts";
export * from "./writer.ts";
