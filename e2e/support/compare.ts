import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { PageState } from "./page-state.ts";
import { pixelDifference } from "./pixels.ts";
import type { Side } from "./side.ts";

const artifacts = fileURLToPath(new URL("../artifacts/", import.meta.url));

export interface Comparison {
  customer: PageState;
  agent: PageState;
  pixelDiff: number;
  customerPicture: Buffer;
  agentPicture: Buffer;
  differencePicture: Buffer;
}

/** Waits until both sides say the same, or until time is up; gives the last states either way. */
export async function settledStates(
  customer: Side,
  agent: Side,
  timeoutMs = 8_000,
): Promise<{ customer: PageState; agent: PageState }> {
  const deadline = Date.now() + timeoutMs;
  for (let equal = 0; ; ) {
    const states = { customer: await customer.state(), agent: await agent.state() };
    equal = JSON.stringify(states.customer) === JSON.stringify(states.agent) ? equal + 1 : 0;
    // Twice, so that a mirror that is about to lag is not taken for settled.
    if (equal === 2 || Date.now() > deadline) return states;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Compares both sides as a person would see and read them. */
export async function compare(customer: Side, agent: Side, timeoutMs?: number): Promise<Comparison> {
  const states = await settledStates(customer, agent, timeoutMs);
  let best:
    | Pick<Comparison, "pixelDiff" | "customerPicture" | "agentPicture" | "differencePicture">
    | undefined;
  // Fonts and pictures arrive at the agent by its own requests: a second look is fair.
  for (let tries = 0; tries < 4 && (best === undefined || best.pixelDiff > 0.001); tries++) {
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 500));
    const customerPicture = await customer.screenshot();
    const agentPicture = await agent.screenshot();
    const { share, picture } = pixelDifference(customerPicture, agentPicture);
    if (best === undefined || share < best.pixelDiff)
      best = { pixelDiff: share, customerPicture, agentPicture, differencePicture: picture };
  }
  if (best === undefined) throw new Error("no picture was taken");
  return { ...states, ...best };
}

/** Keeps the pictures of a comparison for a person to look at. */
export async function keepPictures(name: string, comparison: Comparison, folder = artifacts): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}${name}-customer.png`, comparison.customerPicture);
  await writeFile(`${folder}${name}-agent.png`, comparison.agentPicture);
  await writeFile(`${folder}${name}-difference.png`, comparison.differencePicture);
}
