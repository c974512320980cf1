/** What does the work. It is loaded when a session begins, so that pages without one do not pay for it. */
export interface Engine {
  customer(server: string): Promise<typeof import("./engine/customer.ts")>;
  agent(server: string): Promise<typeof import("./engine/agent.ts")>;
  marks(server: string): Promise<typeof import("./engine/marks.ts")>;
  control(server: string): Promise<typeof import("./engine/control.ts")>;
  features(server: string): Promise<typeof import("./engine/features.ts")>;
  sockJs(server: string): Promise<typeof import("./engine/sockjs.ts")>;
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
