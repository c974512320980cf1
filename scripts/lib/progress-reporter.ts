import { DefaultReporter, type TestModule, type TestSpecification } from "vitest/node";
import { keepDurations } from "./test-durations.ts";

const SLOWEST = 10;
const SILENCE_MS = 30_000;

/** One line for each file as it ends, with how many have ended; failures and the slowest files at the end. */
export default class ProgressReporter extends DefaultReporter {
  /** Running files and when they began. */
  readonly #running = new Map<string, number>();
  readonly #ended: { path: string; seconds: number }[] = [];
  #count = 0;
  #alive: NodeJS.Timeout | undefined;

  constructor() {
    super({ summary: false });
  }

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    super.onTestRunStart(specifications);
    this.#count = specifications.length;
    this.#stayAlive();
  }

  override onTestModuleQueued(module: TestModule): void {
    this.#running.set(module.moduleId, Date.now());
  }

  override printTestModule(module: TestModule): void {
    const began = this.#running.get(module.moduleId);
    const seconds = began === undefined ? 0 : (Date.now() - began) / 1000;
    const path = this.relative(module.moduleId);
    this.#running.delete(module.moduleId);
    this.#ended.push({ path, seconds });
    const tests = [...module.children.allTests()];
    const mark = module.state() === "failed" ? "✗" : "✓";
    const place = `[${String(this.#ended.length).padStart(String(this.#count).length)}/${this.#count}]`;
    this.log(`${place} ${mark} ${path}: ${tests.length} tests, ${seconds.toFixed(1)} s`);
    for (const test of tests) {
      if (test.result().state === "failed") this.log(`    failed: ${test.fullName}`);
      else if (test.diagnostic()?.retryCount) this.log(`    passed on a second try: ${test.fullName}`);
    }
    this.#stayAlive();
  }

  override onTestRunEnd(...results: Parameters<DefaultReporter["onTestRunEnd"]>): void {
    clearInterval(this.#alive);
    super.onTestRunEnd(...results);
    keepDurations(this.#ended);
    const slowest = [...this.#ended].sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
    this.log(`The ${slowest.length} slowest of ${this.#ended.length} files:`);
    for (const { path, seconds } of slowest) this.log(`${seconds.toFixed(1).padStart(8)} s  ${path}`);
  }

  /** Long silence looks like a run that hangs, so it is broken by what is under way. */
  #stayAlive(): void {
    clearInterval(this.#alive);
    this.#alive = setInterval(() => {
      const names = [...this.#running.keys()].map((id) => this.relative(id));
      if (names.length) this.log(`  still running: ${names.join(", ")}`);
    }, SILENCE_MS);
    this.#alive.unref();
  }
}
