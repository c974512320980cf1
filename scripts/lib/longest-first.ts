import { BaseSequencer, type TestSpecification } from "vitest/node";
import { readDurations } from "./test-durations.ts";

// Files of one project follow each other, so that a process keeps its browser and its server. The unit tests
// come last: many short files keep both cores busy to the end.
const order = ["timed", "e2e", "browser", "unit"];

/** Starts the longest test files of each project first, so that no core waits at the end for one of them. */
export class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const secondsOf = readDurations();
    return [...specifications].sort(
      (a, b) =>
        order.indexOf(a.project.name) - order.indexOf(b.project.name) ||
        secondsOf(b.moduleId) - secondsOf(a.moduleId) ||
        a.moduleId.localeCompare(b.moduleId),
    );
  }
}
