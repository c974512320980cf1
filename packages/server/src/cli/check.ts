import { Command } from "commander";
import type { Finding } from "../check/index.ts";
import { ConfigError } from "../config/index.ts";
import { version } from "../version.ts";
import { type SettingsOptions, settingsOf, withSettings } from "./settings.ts";

interface CheckOptions extends SettingsOptions {
  url?: string;
  json?: true;
}

export function checkCommand(): Command {
  return withSettings(
    new Command("check").description(
      "say what is wrong with the settings and what they name, and how to mend it",
    ),
  )
    .option("--url <address>", "address by which browsers reach the server, to be tried too")
    .option("--json", "write JSON, for machines")
    .action(run);
}

/** Ends the process: with 1 when something is wrong. */
async function run(options: CheckOptions): Promise<void> {
  const findings = await look(options);
  const failed = findings.some(({ level }) => level === "problem");
  const text = options.json
    ? `${JSON.stringify({ version, ok: !failed, findings }, undefined, 2)}\n`
    : report(findings);
  // A look-up of a name that hangs would hold the process otherwise.
  process.stdout.write(text, () => process.exit(failed ? 1 : 0));
}

async function look(options: CheckOptions): Promise<Finding[]> {
  try {
    const settings = settingsOf(options);
    const { check } = await import("../check/index.ts");
    return await check(settings, { version, publicAddress: options.url });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const mend =
      "`copane keys` lists every setting. What the settings name is looked at once they can be used.";
    return error.problems.map((text) => ({ about: "configuration", level: "problem", text, mend }));
  }
}

function report(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ about, level, text, mend }, i) => [
    `${(level === "problem" ? "PROBLEM" : level).padEnd(7)} ${about}: ${text}`,
    // Advice for all of several lines comes after the last.
    ...(mend === undefined || findings[i + 1]?.mend === mend ? [] : [`${" ".repeat(8)}-> ${mend}`]),
  ]);
  const count = (wanted: Finding["level"]) => findings.filter(({ level }) => level === wanted).length;
  return `${lines.join("\n")}\n\nProblems: ${count("problem")}, warnings: ${count("warning")}.\n`;
}
