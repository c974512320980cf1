/**
 * What a session fetches: one script, `copane-<name>.js`, for each. It has the named things of the named modules.
 * `src/engine.ts` has their types.
 */
export const parts = {
  agent: { "@copane/client/agent": ["AgentSession"] },
  control: { "@copane/client/control": ["CustomerControl"] },
  features: { "@copane/mirror/features": ["RequestedFeatures"] },
  marks: { "@copane/mirror/marks": ["createCustomerMarks"] },
  sockjs: { "@copane/client/sockjs": ["openSockJs"] },
};
