export const secrets: { agents: string; identities: string; webhooks: string };
