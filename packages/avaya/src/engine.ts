/** What does the work. It is loaded when a session begins, so that pages without one do not pay for it. */
export interface Engine {
  customer(server: string): Promise<typeof import("./customer-engine.ts")>;
  agent(server: string): Promise<Pick<typeof import("@copane/client/agent"), "AgentSession">>;
  marks(server: string): Promise<Pick<typeof import("@copane/mirror/marks"), "createCustomerMarks">>;
  control(server: string): Promise<Pick<typeof import("@copane/client/control"), "CustomerControl">>;
  features(server: string): Promise<Pick<typeof import("@copane/mirror/features"), "RequestedFeatures">>;
  sockJs(server: string): Promise<Pick<typeof import("@copane/client/sockjs"), "openSockJs">>;
}

let provided: Engine | undefined;

/** Says where the engine comes from; the package and the script tag differ in that. */
export function provideEngine(engine: Engine): void {
  provided = engine;
}

export function engine(): Engine {
  if (!provided) throw new Error("no engine was provided");
  return provided;
}
