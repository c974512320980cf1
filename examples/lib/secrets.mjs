/** Secrets of the examples' server: never use them for a real one. */
export const secrets = {
  agents: "examples: a secret of tokens, never of yours",
  identities: "examples: a secret of identities, never of yours",
  webhooks: "examples: a secret of webhooks, never of yours",
};
