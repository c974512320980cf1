import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { Metrics } from "../packages/server/src/hooks/metrics.ts";

const read = (path: string) => readFileSync(new URL(`../deploy/${path}`, import.meta.url), "utf8");

/** What Prometheus adds by itself or by our job. */
const ofPrometheus = ["job", "instance", "namespace", "pod", "le"];

/** Names and labels of what a server that has done everything once gives at /metrics. */
async function given(): Promise<{ names: Set<string>; labels: Set<string> }> {
  const metrics = new Metrics({
    server: "one",
    read: true,
    counts: () => ({ sessions: 0, participants: 0 }),
    audit: () => ({ waiting: 0, written: 0, dropped: 0, failing: false }),
    webhooks: () => ({ waiting: 0, delivered: 0, failed: 0 }),
    servers: () => ({ carried: 0, seated: 0, together: true }),
  });
  metrics.event({ event: "session.created" } as Parameters<Metrics["event"]>[0]);
  metrics.frame("customer", 1);
  metrics.request({ method: "GET", route: "/", status: "200" }, 1);
  const { body } = await metrics.text();
  const typed = [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type]) => ({ name, type }));
  const names = typed.flatMap(({ name, type }) =>
    type === "histogram" ? ["_bucket", "_sum", "_count"].map((end) => name + end) : [name],
  );
  // Its one label is what was collected; nobody has collected anything yet.
  const labels = [...body.matchAll(/[{,](\w+)="/g)].map(([, label = ""]) => label);
  return { names: new Set(["up", ...names]), labels: new Set([...ofPrometheus, "kind", ...labels]) };
}

const words = new Set(["and", "or", "unless", "bool", "offset", "inf", "nan"]);

/** Names of metrics and labels in a query of PromQL. Whatever is neither a function nor a word is one. */
function named(query: string): { metrics: string[]; labels: string[] } {
  const labels: string[] = [];
  const take = (text: string) => {
    labels.push(...(text.match(/[a-z_]\w*/gi) ?? []));
    return " ";
  };
  const bare = query
    .replace(/"[^"]*"|'[^']*'/g, "")
    .replace(/\{([^}]*)\}/g, (_, inner: string) => take(inner))
    .replace(/\[[^\]]*\]/g, " ")
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g, (_, __, inner: string) =>
      take(inner),
    );
  const metrics = [...bare.matchAll(/(?<![\w.])[a-z_:][\w:]*(?!\w*\s*\()/gi)].map(([name]) => name);
  return { metrics: metrics.filter((name) => !words.has(name.toLowerCase())), labels };
}

interface Dashboard {
  panels: { title: string; targets: { expr: string; legendFormat: string }[] }[];
  templating: { list: { definition?: string }[] };
}
interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}

function queries(): { at: string; query: string; texts: string[] }[] {
  const dashboard = JSON.parse(read("grafana/copane.json")) as Dashboard;
  const panels = dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({ at: title, query: expr, texts: [legendFormat] })),
  );
  const rules = (parse(read("prometheus/copane.rules.yml")) as Rules).groups.flatMap((group) =>
    group.rules.map(({ alert, expr, annotations }) => ({
      at: alert,
      query: expr,
      texts: Object.values(annotations),
    })),
  );
  return [...panels, ...rules];
}

test("the names of a query are found, whatever stands around them", () => {
  expect(
    named('sum by (le, server) (rate(a_total{x=~"b|c",y!="d"}[5m])) > 2 * e:f or absent(g) and on (h) i'),
  ).toEqual({
    metrics: ["a_total", "e:f", "g", "i"],
    labels: ["x", "y", "le", "server", "h"],
  });
  expect(named("rate(a[5m] offset 1h) unless b").metrics).toContain("a");
});

test("dashboard and alarms ask for nothing but what /metrics gives", async () => {
  const { names, labels } = await given();
  expect(queries().length).toBeGreaterThan(30);
  for (const { at, query, texts } of queries()) {
    const asked = named(query);
    expect(asked.metrics.length).toBeGreaterThan(0);
    const shown = texts.flatMap((text) => [
      ...[...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = ""]) => label),
      ...[...text.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label),
    ]);
    expect({
      at,
      metrics: asked.metrics.filter((name) => !names.has(name)),
      labels: [...asked.labels, ...shown].filter((label) => !labels.has(label)),
    }).toEqual({ at, metrics: [], labels: [] });
  }
});

test("so do the list of servers in the dashboard and the autoscaler", async () => {
  const { names, labels } = await given();
  const { templating } = JSON.parse(read("grafana/copane.json")) as Dashboard;
  const lists = templating.list.flatMap(
    ({ definition }) => definition?.match(/^label_values\((\w+), (\w+)\)$/) ?? [],
  );
  expect(lists.length).toBe(3);
  expect(names.has(lists[1] as string) && labels.has(lists[2] as string)).toBe(true);
  const autoscaler = read("kubernetes/autoscaler.yaml").match(/metric: \{ name: (\w+) \}/)?.[1] ?? "";
  expect(names).toContain(autoscaler);
  const adapter = parse(read("kubernetes/prometheus-adapter.yaml")) as {
    rules: { custom: { seriesQuery: string; name: { as: string } }[] };
  };
  expect(adapter.rules.custom.map(({ name }) => name.as)).toEqual([autoscaler]);
  for (const { seriesQuery } of adapter.rules.custom)
    expect(named(seriesQuery)).toEqual({ metrics: [autoscaler], labels: ["namespace", "pod"] });
});

test("every metric that the operator's page names is given", async () => {
  const { names } = await given();
  const text = readFileSync(new URL("../docs/operations.md", import.meta.url), "utf8");
  const told = text.match(/\b(?:copane|nodejs|process)_[a-z0-9_]+/g) ?? [];
  expect(told.length).toBeGreaterThan(8);
  expect(told.filter((name) => !names.has(name))).toEqual([]);
});
