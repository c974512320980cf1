import { DefaultReporter, type TestCase, type TestModule, type TestSpecification } from "vitest/node";
import { keepDurations } from "./test-durations.ts";

const SLOWEST = 10;
const SILENCE_MS = 30_000;

/** One line for each file as it ends, with how many have ended; failures and the slowest files at the end. */
export default class ProgressReporter extends DefaultReporter {
  /** Running files and when they began. */
  readonly #running = new Map<string, number>();
  readonly #ended: { path: string; seconds: number }[] = [];
  /** Steps that the driver of an engine has no means for, with the tests that left them out. */
  readonly #cannot = new Map<string, string[]>();
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
      this.#noteCannot(test);
      if (test.result().state === "failed") this.log(`    failed: ${test.fullName}`);
      else if (test.diagnostic()?.retryCount) this.log(`    passed on a second try: ${test.fullName}`);
    }
    this.#stayAlive();
  }

  override onTestRunEnd(...results: Parameters<DefaultReporter["onTestRunEnd"]>): void {
    clearInterval(this.#alive);
    super.onTestRunEnd(...results);
    keepDurations(this.#ended);
    const steps = [...this.#cannot.values()].flat().length;
    if (steps) this.log(`${steps} steps that an engine's driver cannot do were left out:`);
    for (const [step, names] of this.#cannot)
      this.log(`    ${step}\n        in ${names.join("\n        in ")}`);
    const slowest = [...this.#ended].sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
    this.log(`The ${slowest.length} slowest of ${this.#ended.length} files:`);
    for (const { path, seconds } of slowest) this.log(`${seconds.toFixed(1).padStart(8)} s  ${path}`);
  }

  #noteCannot(test: TestCase): void {
    const { state, ...result } = test.result();
    const skipped = state === "skipped" && "note" in result ? [result.note ?? ""] : [];
    const left = test.annotations().flatMap(({ type, message }) => (type === "cannot" ? [message] : []));
    for (const step of new Set([...left, ...skipped.filter((note) => note.includes("cannot be driven to"))]))
      this.#cannot.set(step, [...(this.#cannot.get(step) ?? []), test.fullName]);
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
