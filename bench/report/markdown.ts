import { type Figures, laterBytes, type PageFigures, type Report, ratio, withinNoise } from "./figures.ts";
import { goals } from "./goals.ts";
import { kb, ms, percent, same, share, summary } from "./table.ts";

/** The report as a page for people; `name` is how the names of its plots begin. */
export function markdown(report: Report, name: string): string {
  const { machine, versions, options } = report;
  return `# The mirror against its peers

Written by \`npm run bench:mirror\` on ${report.at.slice(0, 10)}: Node ${machine.node}, Chromium ${machine.chromium}, ${machine.cpus} cores,
${Object.entries(versions)
  .map(([peer, version]) => `\`${peer}\` ${version}`)
  .join(
    ", ",
  )}; ${options.repeat} runs of each tool on each page${options.slower > 1 ? `, the customer's CPU slowed ${options.slower} times` : ""}. How it is
measured, and what cannot be compared, is in [the README](../README.md).

${summary(report)
  .map((line) => `- ${line}`)
  .join("\n")}

## Goals

${goals(report)
  .map(
    ({ goal, missed }) =>
      `- ${missed.length === 0 ? "reached" : "**missed**"}: ${goal}${missed.length === 0 ? "" : `: ${missed.join(", ")}`}.`,
  )
  .join("\n")}

## Customer's CPU

Milliseconds of the main thread that the page does not need without the tool, at the start of mirroring and in the
scripted use; and the longest time of the tool within one task. The first figures are the whole product's: session,
panel and mirror. *Mirror alone* is the engine without these, set up as rrweb is; its share is of rrweb's CPU.
*Rounds* are the least and the most of start and use together. A share with \`~\` is within noise: the rounds of the
two overlap. *Further page* is what loading the page once more within the session costs, and its share of rrweb's
start; *idle* a minute in which nothing happens.

${grid(
  report,
  [
    "page",
    "start",
    "use",
    "rounds",
    "/ rrweb",
    "/ OpenReplay",
    "further page",
    "/ rrweb's start",
    "idle",
    "mirror alone: start",
    "use",
    "/ rrweb",
    "longest task",
    "rrweb",
    "OpenReplay",
  ],
  ({ page, tools }) => [
    page,
    ms(tools.copane?.startCpuMs),
    ms(tools.copane?.useCpuMs),
    tools.copane ? tools.copane.cpuRange.map(ms).join(" to ") : "–",
    cpuShare(tools.copane, tools.rrweb),
    cpuShare(tools.copane, tools.openreplay),
    ms(tools.copane?.furtherCpuMs),
    share(ratio(tools.copane?.furtherCpuMs, tools.rrweb?.startCpuMs)),
    ms(tools.copane?.idleCpuMs),
    ms(tools.mirror?.startCpuMs),
    ms(tools.mirror?.useCpuMs),
    cpuShare(tools.mirror, tools.rrweb),
    ms(tools.copane?.longestTaskMs),
    ms(tools.rrweb?.longestTaskMs),
    ms(tools.openreplay?.longestTaskMs),
  ],
)}

![CPU](${name}-cpu.svg)

![Longest task](${name}-task.svg)

## Bytes

Kilobytes of snapshot and use on the wire; *next* is the snapshot of another customer in the same agent's next session,
and *later* the whole of such a session: what an agent has of a site (styles, fonts) does not cross again.

${grid(
  report,
  [
    "page",
    "snapshot",
    "all",
    "next",
    "rrweb snapshot",
    "rrweb all",
    "OpenReplay all",
    "/ rrweb",
    "later / rrweb",
    "/ OpenReplay",
  ],
  ({ page, tools }) => [
    page,
    bytes(tools.copane?.startBytes?.wire),
    bytes(tools.copane?.bytes.wire),
    bytes(tools.copane?.nextBytes?.wire),
    bytes(tools.rrweb?.startBytes?.wire),
    bytes(tools.rrweb?.bytes.wire),
    bytes(tools.openreplay?.bytes.wire),
    share(ratio(tools.copane?.bytes.wire, tools.rrweb?.bytes.wire)),
    share(ratio(laterBytes(tools.copane), tools.rrweb?.bytes.wire)),
    share(ratio(tools.copane?.bytes.wire, tools.openreplay?.bytes.wire)),
  ],
)}

![Bytes](${name}-bytes.svg)

## Fidelity

Percent of pixels that differ after load and after use, and which of text, form state and scroll are not the same
(small letters: after load; capitals: after use). OpenReplay's player is not on npm.

${grid(report, ["page", "load", "rrweb", "use", "rrweb", "not the same", "rrweb"], ({ page, tools }) => [
  page,
  percent(tools.copane?.load?.pixelDiff),
  percent(tools.rrweb?.load?.pixelDiff),
  percent(tools.copane?.use?.pixelDiff),
  percent(tools.rrweb?.use?.pixelDiff),
  same(tools.copane),
  same(tools.rrweb),
])}

![Pixels](${name}-pixels.svg)

## Latency

Milliseconds from a change in the customer's page to the same change in the replica: on the page as it is, and while
1,000 texts a second change.

${grid(
  report,
  [
    "page",
    "p50",
    "p99",
    "rrweb p50",
    "rrweb p99",
    "busy p50",
    "busy p99",
    "rrweb busy p50",
    "rrweb busy p99",
    "first picture",
    "rrweb",
    "/ rrweb",
  ],
  ({ page, tools }) => [
    page,
    ...latencies(tools.copane?.idle),
    ...latencies(tools.rrweb?.idle),
    ...latencies(tools.copane?.busy),
    ...latencies(tools.rrweb?.busy),
    ms(tools.copane?.pictureMs),
    ms(tools.rrweb?.pictureMs),
    share(ratio(tools.copane?.pictureMs, tools.rrweb?.pictureMs)),
  ],
)}

![Latency](${name}-latency.svg)
${errors(report)}`;
}

function grid(report: Report, head: string[], row: (page: PageFigures) => string[]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_name, i) => (i === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...report.pages.map((page) => line(row(page)))].join("\n");
}

/** A share of another tool's CPU, marked where the rounds say nothing. */
function cpuShare(us: Figures | undefined, them: Figures | undefined): string {
  return `${share(ratio(us?.cpuMs, them?.cpuMs))}${withinNoise(us, them) ? " ~" : ""}`;
}

function bytes(count: number | undefined): string {
  return count === undefined ? "–" : kb(count);
}

function latencies(latency: Figures["idle"] | undefined): [string, string] {
  return [ms(latency?.p50), ms(latency?.p99)];
}

function errors(report: Report): string {
  const lines = report.pages.flatMap(({ page, tools, failures }) => [
    ...failures.map((failure) => `- ${page}, not finished, ${failure.split("\n")[0]}`),
    ...Object.entries(tools).flatMap(([tool, { errors }]) =>
      errors.map((error) => `- ${page}, ${tool}: ${error.split("\n")[0]}`),
    ),
  ]);
  return lines.length === 0 ? "" : `\n## Errors\n\n${lines.join("\n")}\n`;
}
