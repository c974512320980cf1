import { provideEngine } from "./engine.ts";

export { AvayaCoBrowseClientServices } from "./services.ts";

/** From npm the engine is a part of the site's own bundle. */
provideEngine({
  customer: () => import("./engine/customer.ts"),
  agent: () => import("./engine/agent.ts"),
  marks: () => import("./engine/marks.ts"),
  control: () => import("./engine/control.ts"),
  features: () => import("./engine/features.ts"),
  sockJs: () => import("./engine/sockjs.ts"),
});
