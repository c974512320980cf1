/** A horizontal bar plot: for each label one bar a series, on a logarithmic scale. */
export interface BarPlot {
  title: string;
  unit: string;
  /** A line that good values lie left of. */
  goal?: number;
  labels: string[];
  series: { name: string; values: (number | null)[] }[];
}

const left = 190;
const plotWidth = 600;
const right = 80;
const barHeight = 6;
const top = 56;
/** Told apart in grey and by the colour-blind too; both themes of a Markdown viewer show them. */
const colours: Record<string, string> = {
  copane: "#2563eb",
  mirror: "#7dd3fc",
  rrweb: "#f59e0b",
  openreplay: "#94a3b8",
};

/** Draws the plot as an SVG document. */
export function barPlot({ title, unit, goal, labels, series }: BarPlot): string {
  const values = series.flatMap(({ values }) => values).filter((value): value is number => value !== null);
  const { low, high } = decades([...values, ...(goal === undefined ? [] : [goal])]);
  const x = (value: number) =>
    left +
    (plotWidth * (Math.log10(Math.max(value, low)) - Math.log10(low))) / (Math.log10(high) - Math.log10(low));
  const rowHeight = series.length * barHeight + 8;
  const bottom = top + labels.length * rowHeight;
  const parts: string[] = [];
  for (let tick = low; tick <= high * 1.01; tick *= 10) {
    parts.push(
      line(x(tick), top - 4, x(tick), bottom, "#8884"),
      text(x(tick), top - 8, number(tick), "middle"),
    );
  }
  if (goal !== undefined) parts.push(line(x(goal), top - 4, x(goal), bottom, "#dc2626"));
  labels.forEach((label, row) => {
    const y = top + row * rowHeight + 4;
    parts.push(text(left - 8, y + (series.length * barHeight) / 2 + 4, label, "end"));
    series.forEach(({ name, values }, i) => {
      const value = values[row];
      if (value == null) return;
      const width = Math.max(1, x(value) - left);
      parts.push(
        `<rect x="${left}" y="${y + i * barHeight}" width="${width.toFixed(1)}" height="${barHeight - 1}" fill="${colours[name]}"><title>${escaped(`${label}, ${name}: ${number(value)} ${unit}`)}</title></rect>`,
        `<text x="${(left + width + 3).toFixed(1)}" y="${y + i * barHeight + 5}" font-size="6">${number(value)}</text>`,
      );
    });
  });
  const legend = series.map(
    ({ name }, i) =>
      `<rect x="${left + i * 100}" y="${bottom + 10}" width="10" height="10" fill="${colours[name]}"/>${text(left + i * 100 + 14, bottom + 19, name, "start")}`,
  );
  const width = left + plotWidth + right;
  const height = bottom + 32;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="10" fill="#64748b" role="img" aria-label="${escaped(title)}">
${text(8, 20, `${title} (${unit}, logarithmic)`, "start", 14)}
${[...parts, ...legend].join("\n")}
</svg>
`;
}

/** The powers of ten around the values that are above zero; at least one decade, at most six. */
function decades(values: number[]): { low: number; high: number } {
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return { low: 1, high: 10 };
  const high = 10 ** Math.ceil(Math.log10(Math.max(...positive)));
  const low = 10 ** Math.floor(Math.log10(Math.min(...positive)));
  return { low: Math.min(Math.max(low, high / 1e6), high / 10), high };
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<line x1="${x1.toFixed(1)}" y1="${y1}" x2="${x2.toFixed(1)}" y2="${y2}" stroke="${colour}"/>`;
}

function text(x: number, y: number, words: string, anchor: string, size?: number): string {
  return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}"${size ? ` font-size="${size}"` : ""}>${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function number(value: number): string {
  if (value === 0) return "0";
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
