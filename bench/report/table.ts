import {
  type Figures,
  laterBytes,
  median,
  type PageFigures,
  type Report,
  ratio,
  withinNoise,
} from "./figures.ts";

/** The report as one table of ratios for a terminal: our figure as a share of the peer's. */
export function table(report: Report): string {
  const head = [
    "page",
    "cpu ms",
    "/rrweb",
    "/openr.",
    "alone ms",
    "/rrweb",
    "task ms",
    "rrweb",
    "openr.",
    "KB",
    "/rrweb",
    "/openr.",
    "load %",
    "rrweb",
    "use %",
    "rrweb",
    "same",
    "rrweb",
    "p50",
    "p99",
    "/rrweb",
    "busy p50",
    "p99",
    "/rrweb",
  ];
  const rows = report.pages.map(row);
  const widths = head.map((name, i) =>
    Math.max(name.length, ...rows.map((cells) => (cells[i] ?? "").length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
      .join("  ");
  return [line(head), ...rows.map(line), "", ...summary(report)].join("\n");
}

function row({ page, tools }: PageFigures): string[] {
  const { copane: us, mirror: alone, rrweb, openreplay } = tools;
  return [
    page,
    ms(us?.cpuMs),
    share(ratio(us?.cpuMs, rrweb?.cpuMs)),
    share(ratio(us?.cpuMs, openreplay?.cpuMs)),
    ms(alone?.cpuMs),
    share(ratio(alone?.cpuMs, rrweb?.cpuMs)),
    ms(us?.longestTaskMs),
    ms(rrweb?.longestTaskMs),
    ms(openreplay?.longestTaskMs),
    us ? (us.bytes.wire / 1024).toFixed(1) : "–",
    share(ratio(us?.bytes.wire, rrweb?.bytes.wire)),
    share(ratio(us?.bytes.wire, openreplay?.bytes.wire)),
    percent(us?.load?.pixelDiff),
    percent(rrweb?.load?.pixelDiff),
    percent(us?.use?.pixelDiff),
    percent(rrweb?.use?.pixelDiff),
    same(us),
    same(rrweb),
    ms(us?.idle?.p50),
    ms(us?.idle?.p99),
    share(ratio(us?.idle?.p50, rrweb?.idle?.p50)),
    ms(us?.busy?.p50),
    ms(us?.busy?.p99),
    share(ratio(us?.busy?.p50, rrweb?.busy?.p50)),
  ];
}

/** Which of text, form and scroll are not the same: at load in small, after the use in capital letters. */
export function same(figures: Figures | undefined): string {
  if (!figures?.load || !figures.use) return "–";
  const { load, use } = figures;
  const letters = [
    load.textEqual ? "" : "t",
    load.formEqual ? "" : "f",
    load.scrollEqual ? "" : "s",
    use.textEqual ? "" : "T",
    use.formEqual ? "" : "F",
    use.scrollEqual ? "" : "S",
  ].join("");
  return letters || "ok";
}

/** The medians that the goals are about. */
export function summary(report: Report): string[] {
  const of = (pages: readonly PageFigures[], pick: (page: PageFigures) => number | null | undefined) =>
    median(pages.map(pick).filter((number): number is number => number != null));
  const real = report.pages.filter(({ stress }) => !stress);
  const stress = report.pages.filter((page) => page.stress);
  const lines: string[] = [];
  for (const [name, pages] of [
    ["real pages", real],
    ["stress pages", stress],
  ] as const) {
    if (pages.length === 0) continue;
    const cpu = of(pages, ({ tools }) => ratio(tools.copane?.cpuMs, tools.rrweb?.cpuMs));
    const further = of(pages, ({ tools }) => ratio(tools.copane?.furtherCpuMs, tools.rrweb?.startCpuMs));
    const picture = of(pages, ({ tools }) => ratio(tools.copane?.pictureMs, tools.rrweb?.pictureMs));
    const alone = of(pages, ({ tools }) => ratio(tools.mirror?.cpuMs, tools.rrweb?.cpuMs));
    const scripts = of(pages, ({ tools }) => ratio(tools.copane?.scriptMs, tools.rrweb?.scriptMs));
    const bytes = of(pages, ({ tools }) => ratio(tools.copane?.bytes.wire, tools.rrweb?.bytes.wire));
    const later = of(pages, ({ tools }) => ratio(laterBytes(tools.copane), tools.rrweb?.bytes.wire));
    const pixels = of(pages, ({ tools }) => worst(tools.copane));
    const theirs = of(pages, ({ tools }) => worst(tools.rrweb));
    lines.push(
      `median of ${pages.length} ${name}: CPU of the whole product ${share(cpu)}, of the mirror alone ${share(alone)}, time in the whole product's scripts (traced) ${share(scripts)}, and bytes ${share(bytes)} (${share(later)} in an agent's later sessions on the site) of rrweb's, pixels ${percent(pixels)} % (rrweb ${percent(theirs)} %)`,
      `${name}: a further page costs ${share(further)} of rrweb's start; the first picture comes after ${share(picture)} of rrweb's time`,
      `${name} together, CPU of rrweb's: the whole product ${share(together(pages, "copane"))}, the mirror alone ${share(together(pages, "mirror"))}; the mirror alone costs ${sides(pages)}`,
    );
  }
  const { sizes } = report;
  lines.push(
    `gzipped KB: loader ${kb(sizes.loader)}, session ${kb(sizes.session)}, what mirrors the page ${kb(sizes.mirror)} (on request: features that few pages need ${kb(sizes.features)}, pointer ${kb(sizes.pointer)}), @rrweb/record ${kb(sizes.rrwebRecord)}, @openreplay/tracker ${kb(sizes.openReplayTracker)}`,
  );
  for (const [name, growth] of Object.entries(report.growth)) {
    lines.push(
      `growth over ${growth.insertions} insertions, ${name}: heap ${kb(growth.heapAfter - growth.heapBefore)} KB, nodes ${growth.nodesAfter - growth.nodesBefore}`,
    );
  }
  return lines;
}

/** What a tool costs on all pages as a share of rrweb: pages on which neither costs much count for little. */
function together(pages: readonly PageFigures[], tool: "copane" | "mirror"): number | null {
  const both = pages.flatMap(({ tools: { [tool]: us, rrweb } }) => (us && rrweb ? [{ us, rrweb }] : []));
  const sum = (pick: (pair: (typeof both)[number]) => number) =>
    both.reduce((all, pair) => all + pick(pair), 0);
  return ratio(
    sum(({ us }) => us.cpuMs),
    sum(({ rrweb }) => rrweb.cpuMs),
  );
}

/** On how many pages the mirror alone costs less than rrweb, more, and on how many the noise is larger. */
function sides(pages: readonly PageFigures[]): string {
  let [less, more, noise] = [0, 0, 0];
  for (const { tools } of pages) {
    if (!tools.mirror || !tools.rrweb) continue;
    if (withinNoise(tools.mirror, tools.rrweb)) noise++;
    else if (tools.mirror.cpuMs < tools.rrweb.cpuMs) less++;
    else more++;
  }
  return `less on ${less} pages, more on ${more}, within noise on ${noise}`;
}

/** The larger pixel difference of the two moments. */
export function worst(figures: Figures | undefined): number | null {
  if (!figures?.load || !figures.use) return null;
  return Math.max(figures.load.pixelDiff, figures.use.pixelDiff);
}

export function ms(number: number | null | undefined): string {
  return number == null ? "–" : number.toFixed(number < 10 ? 1 : 0);
}

export function share(number: number | null | undefined): string {
  return number == null || Number.isNaN(number) ? "–" : number.toFixed(2);
}

export function percent(number: number | null | undefined): string {
  return number == null || Number.isNaN(number) ? "–" : (number * 100).toFixed(3);
}

export function kb(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
