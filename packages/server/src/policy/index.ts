export { Policies } from "./policies.ts";
export { Policy } from "./schema.ts";
export { liveSettings } from "./settings.ts";
