import type { ToolName } from "../tools/index.ts";
import type { Report } from "./figures.ts";
import { barPlot } from "./svg.ts";
import { worst } from "./table.ts";

/** The pictures of a report, by the end of their file name. */
export function plots(report: Report): Record<string, string> {
  const of = (
    title: string,
    unit: string,
    goal: number | undefined,
    pick: Parameters<typeof seriesOf>[1],
    names?: readonly ToolName[],
  ) =>
    barPlot({
      title,
      unit,
      ...(goal !== undefined && { goal }),
      labels: report.pages.map(({ page }) => page),
      series: seriesOf(report, pick, names),
    });
  return {
    cpu: of("Main-thread CPU on the customer's page", "ms", undefined, (figures) => figures.cpuMs, [
      "copane",
      "mirror",
      "rrweb",
      "openreplay",
    ]),
    task: of("Longest task because of the tool", "ms", 50, (figures) => figures.longestTaskMs),
    bytes: of("Bytes on the wire", "KB", undefined, ({ bytes }) => bytes.wire / 1024),
    latency: of(
      "Mutation to picture while 1,000 texts a second change, p50",
      "ms",
      16.7,
      (figures) => figures.busy?.p50 ?? null,
    ),
    pixels: of("Pixels that differ, the worse of after load and after use", "%", 0.5, (figures) => {
      const share = worst(figures);
      return share === null ? null : share * 100;
    }),
  };
}

type ToolFigures = NonNullable<Report["pages"][number]["tools"]["copane"]>;

function seriesOf(
  report: Report,
  pick: (figures: ToolFigures) => number | null,
  names: readonly ToolName[] = ["copane", "rrweb", "openreplay"],
) {
  return names.flatMap((name) => {
    const values = report.pages.map(({ tools }) => {
      const figures = tools[name];
      return figures ? pick(figures) : null;
    });
    return values.some((value) => value !== null) ? [{ name, values }] : [];
  });
}
