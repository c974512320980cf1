import { provideEngine } from "./engine.ts";

export { AvayaCoBrowseClientServices } from "./services.ts";

/** From npm the engine is a part of the site's own bundle. */
provideEngine({
  customer: () => import("./customer-engine.ts"),
  agent: () => import("@copane/client/agent"),
  marks: () => import("@copane/mirror/marks"),
  control: () => import("@copane/client/control"),
  features: () => import("@copane/mirror/features"),
  sockJs: () => import("@copane/client/sockjs"),
});
