import {
  type Figures,
  laterBytes,
  median,
  type PageFigures,
  type Report,
  ratio,
  withinNoise,
} from "./figures.ts";
import { kb, ms, percent, share, worst } from "./table.ts";

/** One goal of the mirror: what it says, and where it is missed. Nothing in `missed`: it is reached. */
export interface Goal {
  goal: string;
  missed: string[];
}

/** The product's figures on a page or those of the mirror alone, and rrweb's. */
type Compared = { us: Figures; rrweb: Figures | undefined };
type Ours = "copane" | "mirror";

/** Holds the figures against the goals that the project set itself. */
export function goals(report: Report): Goal[] {
  const { sizes, growth } = report;
  return [
    each(report.pages, "No task longer than 50 ms because of us", ({ us }) =>
      (us.longestTaskMs ?? 0) > 50 ? `${ms(us.longestTaskMs)} ms` : undefined,
    ),
    ...cpuGoals(report),
    middle(report.pages, "CPU of each further page at most 1/2 of rrweb's start", 0.5, ({ us, rrweb }) =>
      ratio(us.furtherCpuMs, rrweb?.startCpuMs),
    ),
    each(report.pages, "An idle page costs at most 3 ms a minute", ({ us }) =>
      (us.idleCpuMs ?? 0) > 3 ? `${ms(us.idleCpuMs)} ms` : undefined,
    ),
    middle(report.pages, "The first picture after at most 0.7 of rrweb's time", 0.7, ({ us, rrweb }) =>
      ratio(us.pictureMs, rrweb?.pictureMs),
    ),
    each(report.pages, "The first picture never later than rrweb's", ({ us, rrweb }) =>
      over(ratio(us.pictureMs, rrweb?.pictureMs), 1),
    ),
    middle(report.pages, "Bytes at most 1/3 of rrweb's on the median page", 0.33, ({ us, rrweb }) =>
      ratio(us.bytes.wire, rrweb?.bytes.wire),
    ),
    middle(report.pages, "Bytes of later sessions at most 1/5 of rrweb's", 0.2, ({ us, rrweb }) =>
      ratio(laterBytes(us), rrweb?.bytes.wire),
    ),
    each(report.pages, "Bytes never more than rrweb's", ({ us, rrweb }) =>
      over(ratio(us.bytes.wire, rrweb?.bytes.wire), 1),
    ),
    each(report.pages, "Latency p50 at most 16.7 ms while 1,000 texts a second change", ({ us }) =>
      (us.busy?.p50 ?? 0) > 16.7 ? `${ms(us.busy?.p50)} ms` : undefined,
    ),
    each(report.pages, "Latency p99 at most 50 ms while 1,000 texts a second change", ({ us }) =>
      (us.busy?.p99 ?? 0) > 50 ? `${ms(us.busy?.p99)} ms` : undefined,
    ),
    middle(
      report.pages,
      "Busy latency p50 at most 1/4 of rrweb's on the median page",
      0.25,
      ({ us, rrweb }) => ratio(us.busy?.p50, rrweb?.busy?.p50),
    ),
    each(report.pages, "Pixel difference below 0.5 %", ({ us }) =>
      (worst(us) ?? 0) >= 0.005 ? `${percent(worst(us))} %` : undefined,
    ),
    middle(report.pages, "Pixel difference below 0.1 % on the median page", 0.001, ({ us }) => worst(us)),
    each(report.pages, "Text, form state and scroll the same", ({ us }) => unequal(us)),
    each(report.pages, "Pixels never worse than rrweb's", ({ us, rrweb }) => {
      const [mine, theirs] = [worst(us), worst(rrweb)];
      // A ten-thousandth is a caret or a blinking dot, not a fidelity.
      if (mine === null || theirs === null || mine <= theirs + 0.0001) return undefined;
      return `${percent(mine)} % against ${percent(theirs)} %`;
    }),
    {
      goal: "Loader at most 3 KB and session at most 30 KB, gzipped",
      missed: [
        ...(sizes.loader > 3 * 1024 ? [`loader ${kb(sizes.loader)} KB`] : []),
        ...(sizes.loader + sizes.session > 30 * 1024 ? [`both ${kb(sizes.loader + sizes.session)} KB`] : []),
      ],
    },
    {
      goal: "With what mirrors the page at most 36 KB",
      missed:
        sizes.loader + sizes.session + sizes.mirror > 36 * 1024
          ? [`${kb(sizes.loader + sizes.session + sizes.mirror)} KB`]
          : [],
    },
    {
      goal: "No nodes and less than 1 MB of heap left after the churn",
      missed:
        growth.copane === undefined
          ? ["not measured"]
          : [
              ...(growth.copane.nodesAfter > growth.copane.nodesBefore
                ? [`${growth.copane.nodesAfter - growth.copane.nodesBefore} nodes`]
                : []),
              ...(growth.copane.heapAfter - growth.copane.heapBefore > 1024 * 1024
                ? [`${kb(growth.copane.heapAfter - growth.copane.heapBefore)} KB`]
                : []),
            ],
    },
  ];
}

/** What the product may cost, and what of it is comparable with a recorder. */
function cpuGoals({ pages }: Report): Goal[] {
  const cpu = ({ us, rrweb }: Compared) => ratio(us.cpuMs, rrweb?.cpuMs);
  const [real, stress] = [pages.filter((page) => !page.stress), pages.filter((page) => page.stress)];
  return [
    middle(real, "CPU of the whole product at most 0.9 of rrweb's on the median real page", 0.9, cpu),
    middle(
      real,
      "CPU of the mirror alone at most 1/2 of rrweb's on the median real page",
      0.5,
      cpu,
      "mirror",
    ),
    each(
      stress,
      "CPU of the mirror alone at most 0.4 of rrweb's on each stress page",
      (compared) => over(cpu(compared), 0.4),
      "mirror",
    ),
    each(
      pages,
      "CPU of the mirror alone nowhere more than rrweb's (what is within noise aside)",
      ({ us, rrweb }) => (withinNoise(us, rrweb) ? undefined : over(cpu({ us, rrweb }), 1)),
      "mirror",
    ),
  ];
}

function each(
  pages: readonly PageFigures[],
  goal: string,
  miss: (figures: Compared) => string | undefined,
  ours: Ours = "copane",
): Goal {
  const missed = pages.flatMap(({ page, tools: { [ours]: us, rrweb } }) => {
    if (!us) return [`${page} (not measured)`];
    const what = miss({ us, rrweb });
    return what === undefined ? [] : [`${page} (${what})`];
  });
  return { goal, missed };
}

function middle(
  pages: readonly PageFigures[],
  goal: string,
  limit: number,
  pick: (figures: Compared) => number | null,
  ours: Ours = "copane",
): Goal {
  const value = median(
    pages.flatMap(({ tools: { [ours]: us, rrweb } }) => {
      const picked = us ? pick({ us, rrweb }) : null;
      return picked === null ? [] : [picked];
    }),
  );
  if (Number.isNaN(value)) return { goal, missed: ["not measured"] };
  return {
    goal,
    missed: value > limit ? [`the median is ${value < 0.01 ? value.toFixed(4) : share(value)}`] : [],
  };
}

function over(value: number | null, limit: number): string | undefined {
  return value !== null && value > limit ? share(value) : undefined;
}

function unequal({ load, use }: Figures): string | undefined {
  if (!load || !use) return undefined;
  const words = (["textEqual", "formEqual", "scrollEqual"] as const).flatMap((key) => [
    ...(load[key] ? [] : [`${key.replace("Equal", "")} after load`]),
    ...(use[key] ? [] : [`${key.replace("Equal", "")} after use`]),
  ]);
  return words.length === 0 ? undefined : words.join(", ");
}
