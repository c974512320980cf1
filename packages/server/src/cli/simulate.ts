import { limits } from "@copane/protocol";
import { Command, InvalidArgumentError } from "commander";
import type { FakeCustomer } from "../participants/index.ts";
import { fail, wholeNumber } from "./settings.ts";

/** More wait of one network only where `COPANE_MAX_WAITING` allows it. */
const MOST = 200;
/** A customer whose session ended comes again after this. */
const AGAIN_MS = 2_000;
const LOOK_MS = 250;

const names = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "John", "Radia", "Tim"];

interface SimulateOptions {
  url: string;
  customers: number;
  reference: string;
  control: boolean;
}

export function simulateCommand(): Command {
  return new Command("simulate")
    .description("customers who wait, consent and come again, to try a desk with; they show no page")
    .option("--url <url>", "the server's base URL", base, "http://127.0.0.1:8080")
    .option("--customers <count>", `how many, at most ${MOST}`, wholeNumber(1, MOST), 5)
    .option("--reference <prefix>", "each has a reference: this and a number", "simulated-")
    .option("--no-control", "they do not let agents act")
    .action(simulate);
}

async function simulate(options: SimulateOptions): Promise<void> {
  const end = new AbortController();
  const stop = () => end.abort();
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // Commands that need no participants need not wait until they are loaded.
  const { FakeCustomer: Customer } = await import("../participants/index.ts");
  const all = Array.from({ length: options.customers }, (_, i) => simulateOne(Customer, i, options, end));
  await Promise.all(all).catch((error: Error) => fail(`${error.message}`));
  process.stdout.write("All customers have left.\n");
}

/** One customer after the other, until it is enough. */
async function simulateOne(
  Customer: typeof FakeCustomer,
  number: number,
  { url, reference, control }: SimulateOptions,
  { signal }: AbortController,
): Promise<void> {
  const name = `${names[number % names.length]} ${number + 1}`.slice(0, limits.nameLength);
  while (!signal.aborted) {
    const wish = {
      name,
      reference: `${reference}${number + 1}`,
      metadata: { ticket: `T-${1_001 + number}` },
    };
    const customer = await Customer.start(url, { ...wish, control });
    process.stdout.write(`${name}: key ${customer.key}, reference ${wish.reference}\n`);
    while (!customer.over && !signal.aborted) await pause(LOOK_MS);
    if (signal.aborted) await customer.leave().catch(() => {});
    else await pause(AGAIN_MS);
  }
}

function base(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new InvalidArgumentError("not an http or https address");
  return text.replace(/\/+$/, "");
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
