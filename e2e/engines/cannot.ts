import type { TestContext } from "vitest";

/** A step that the driver of an engine has no means for. */
export class CannotDo extends Error {
  constructor(engine: string, step: string) {
    super(`${engine} cannot be driven to: ${step}`);
  }
}

let current: TestContext | undefined;

/** Tests tell which of them runs, so that a step which cannot be done is reported with it. */
export function underTest(context: TestContext | undefined): void {
  current = context;
}

/**
 * Ends the running test as not done, with the step's name, which the reporter prints and counts. Outside of tests it
 * throws.
 */
export function cannotDo(engine: string, step: string): never {
  const error = new CannotDo(engine, step);
  current?.skip(error.message);
  throw error;
}

/** Leaves out one step and goes on; the reporter prints and counts it too. */
export function leaveOut(engine: string, step: string): void {
  void current?.annotate(new CannotDo(engine, step).message, "cannot");
}
