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

This table is generated from \`packages/server/src/config/schema.ts\`; a test keeps it true.
`;
}
