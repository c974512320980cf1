import { Command } from "commander";
import { configKeys } from "../config/index.ts";

export function keysCommand(): Command {
  return new Command("keys").description("list every setting with its default").action(() => {
    for (const { key, env, schema } of configKeys) {
      const { default: value, description } = schema as { default?: unknown; description?: string };
      process.stdout.write(`${env} (${key}), default ${JSON.stringify(value)}\n    ${description}\n`);
    }
  });
}
