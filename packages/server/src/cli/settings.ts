import { type Command, InvalidArgumentError } from "commander";
import { type Config, ConfigError, loadConfig } from "../config/index.ts";

/** What the command line says of the settings. */
export interface SettingsOptions {
  config?: string;
  host?: string;
  port?: number;
}

/** Adds the options by which a command is told the settings of a server. */
export function withSettings(command: Command): Command {
  return command
    .option("-c, --config <file>", "JSON file with settings")
    .option("--host <address>", "address to listen on")
    .option("-p, --port <port>", "port to listen on", port);
}

/** The settings as a server has them. Throws ConfigError. */
export function settingsOf({ config: file, host, port }: SettingsOptions): Config {
  const overrides = { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
  return loadConfig(process.env, { file, overrides });
}

/** The settings as a server has them; ends the process with what is wrong with them. */
export function readSettings(options: SettingsOptions): Config {
  try {
    return settingsOf(options);
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message);
    throw error;
  }
}

export function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** A parser of whole numbers from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`not a whole number from ${least} to ${most}`);
    return value;
  };
}

function port(text: string): number {
  return wholeNumber(0, 65_535)(text);
}
