import { type Engines, type FidelityReport, MOST_LISTED } from "@copane/e2e";

/** What one page gave in one pairing. */
export interface PageResult
  extends Pick<
    FidelityReport,
    "engines" | "pixelDiff" | "textEqual" | "formEqual" | "scrollEqual" | "boxes" | "cannot" | "errors"
  > {
  page: string;
  seconds: number;
}

export interface PairingsReport {
  at: string;
  results: PageResult[];
}

/** The report as people read it: a line for each pairing, then what is not the same, page by page. */
export function pairingsMarkdown({ at, results }: PairingsReport): string {
  const pairs = new Map<string, PageResult[]>();
  for (const result of results) {
    const name = nameOf(result.engines);
    pairs.set(name, [...(pairs.get(name) ?? []), result]);
  }
  const pages = new Set(results.map(({ page }) => page));
  return `${[
    "# The corpus in every pairing of engines",
    "",
    `Written by \`npm run bench:pairings\`, last on ${at.slice(0, 10)}; ${pages.size} pages in all. Each page is shared by`,
    "a customer in one engine with an agent in another, and used as its script says; then both sides are compared.",
    "Pixels are compared within one engine. Between two engines letters are drawn otherwise: there the boxes of",
    "elements are compared, from where the page begins. Of those more than 2 px elsewhere at the agent, *by engine* are",
    "those that the page alone, opened in the agent's engine, has there too (metrics of fonts, native controls, and what",
    "stands below them); *off* are the others, which would be faults of the mirror. What is masked differs, as it",
    "should: a National Insurance number in `govuk-frontend/forms`.",
    "",
    "| customer → agent | pages | text | form | scroll | pixels, median | most | boxes | by engine | off | missing |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
    ...[...pairs].sort(([one], [other]) => one.localeCompare(other)).map(([name, of]) => row(name, of)),
    ...section("## Not the same", results, faultsOf),
    ...section("## Steps that a driver cannot do", results, ({ cannot }) =>
      cannot.filter((step) => !/long tasks/.test(step)),
    ),
  ].join("\n")}\n`;
}

function row(name: string, results: PageResult[]): string {
  const ran = results.filter(({ textEqual }) => textEqual !== null);
  const share = (key: "textEqual" | "formEqual" | "scrollEqual") =>
    `${ran.filter((one) => one[key]).length} of ${ran.length}`;
  const pixels = ran.flatMap(({ pixelDiff }) => pixelDiff ?? []).sort((a, b) => a - b);
  const boxes = ran.flatMap(({ boxes }) => boxes ?? []);
  const sum = (key: "byEngine" | "off" | "missing") => {
    const counts = boxes.map((one) => one[key].length);
    const cut = counts.includes(MOST_LISTED) ? "at least " : "";
    return counts.length === 0 ? "" : cut + counts.reduce((all, one) => all + one, 0);
  };
  const cells = [
    name,
    `${ran.length}`,
    share("textEqual"),
    share("formEqual"),
    share("scrollEqual"),
    percent(pixels[Math.floor((pixels.length - 1) / 2)]),
    percent(pixels.at(-1)),
    boxes.length === 0 ? "" : String(boxes.reduce((all, { compared }) => all + compared, 0)),
    sum("byEngine"),
    sum("off"),
    sum("missing"),
  ];
  return `| ${cells.join(" | ")} |`;
}

function section(title: string, results: PageResult[], linesOf: (result: PageResult) => string[]): string[] {
  const found = results.flatMap((result) => {
    const lines = linesOf(result);
    if (lines.length === 0) return [];
    return [`- ${result.page}, ${nameOf(result.engines)}`, ...lines.map((line) => `  - ${oneLine(line)}`)];
  });
  return found.length === 0 ? [] : ["", title, "", ...found];
}

function faultsOf({ pixelDiff, textEqual, formEqual, scrollEqual, boxes, errors }: PageResult): string[] {
  const found = errors.map((error) => `error: ${error}`);
  if (textEqual === false) found.push("text");
  if (formEqual === false) found.push("form");
  if (scrollEqual === false) found.push("scroll");
  if ((pixelDiff ?? 0) >= 0.005) found.push(`pixels ${percent(pixelDiff ?? undefined)}`);
  if (boxes?.missing.length) found.push(`only one side has ${few(boxes.missing)}`);
  if (boxes?.off.length) found.push(`off: ${few(boxes.off)}`);
  return found;
}

/** The first of a list, and how many more there are: all stand in the file of figures. */
function few(list: string[]): string {
  const shown = list.slice(0, 3).map((line) => `\`${line}\``);
  return shown.join(", ") + (list.length > 3 ? ` and ${list.length - 3} more` : "");
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}

function percent(share: number | undefined): string {
  return share === undefined ? "" : `${(share * 100).toFixed(3)} %`;
}

function nameOf({ customer, agent }: Engines): string {
  return `${customer} → ${agent}`;
}
