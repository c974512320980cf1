import { configKeys } from "./schema.ts";

/** `docs/configuration.md`, made from the schema. */
export function configurationDocument(): string {
  const rows = configKeys.map(({ key, env, schema }) => {
    const { default: value, description = "" } = schema as { default?: unknown; description?: string };
    const shown = Array.isArray(value) ? value.join(",") : String(value);
    return `| \`${env}\` | \`${key}\` | ${shown === "" ? "–" : `\`${shown}\``} | ${description} |`;
  });
  return `# Configuration

Copane reads, each over the one before: its defaults, a JSON file named by \`COPANE_CONFIG\` or \`--config\`, the
environment, the command line. It refuses to start when a key or a variable beginning with \`COPANE_\` is
unknown, or a value cannot be used, and says which.

| environment | key in the file | default | meaning |
|---|---|---|---|
${rows.join("\n")}

## What agents' browsers load

A customer's page names pictures, fonts and style sheets by their addresses, and whoever writes such a page can name any
address. With \`COPANE_AGENT_LOADS=public\` an agent's browser loads from names that end as names of the public internet
do, and from the own origin of the first page of a session. It does not load from addresses of numbers in whatever
spelling (also public ones), from names without a dot, or from \`.local\`, \`.internal\`, \`.localhost\` and the like, nor
when a public name redirects there; \`COPANE_AGENT_LOADS_ALLOW\` says what else it may. Pictures, fonts and styles that
it does not load come from the customer's browser, as those that fail do, and the customer's page is not told which of
the two it was. Sound and video do not come that way. No request carries a Referer of the desk.

A public name whose DNS entry is a private address cannot be told from others: where that matters, agents' browsers are
kept from private networks by their own network, or \`COPANE_AGENT_LOADS=none\` lets them load nothing at all.

This table is generated from \`packages/server/src/config/schema.ts\`; a test keeps it true.
`;
}
