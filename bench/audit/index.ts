import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { paths } from "@copane/protocol";
import { type CopaneServer, createServer, loadConfig } from "@copane/server";
import { openDatabase } from "@copane/server/store";
import { throwAwayDatabase } from "../../scripts/lib/postgres.mjs";
import { seed } from "./seed.ts";

const { values: options } = parseArgs({
  options: { sessions: { type: "string", default: "100000" }, "data-dir": { type: "string" } },
});
const sessions = Number(options.sessions);
const runs = 25;

/** What the administration asks for, worst cases among it. */
const requests: Record<string, string> = {
  "newest page": "sessions",
  "200 a page": "sessions?limit=200",
  "by agent": "sessions?agent=agent-017",
  "by customer": "sessions?customer=o'neil",
  "by outcome": "sessions?outcome=connection_lost",
  "search in all": "sessions?q=dana%20okafor",
  "search that finds nothing": "sessions?q=nobody-has-this-name",
  "a month": "sessions?from=2026-01-01&to=2026-02-01",
  "report by day, all": "reports/day?zone=Europe/Berlin",
  "report by agent, all": "reports/agent",
  "report by outcome, all": "reports/outcome",
  "report by day, one agent": "reports/day?agent=agent-017",
};

interface Row {
  request: string;
  store: string;
  p50: number;
  p95: number;
  most: number;
}

/** Server time: from the request's arrival to the last byte of the answer, without a network. */
async function measure(server: CopaneServer, store: string): Promise<Row[]> {
  const code = { name: "Bench", code: "bench-code", role: "auditor" };
  const signedIn = await server.app.inject({ method: "POST", url: paths.agentSignIn, payload: code });
  const headers = { authorization: `Bearer ${signedIn.json().token}` };
  const rows: Row[] = [];
  for (const [request, path] of Object.entries({ ...requests, "page 100": await deep(server, headers) })) {
    const times: number[] = [];
    for (let run = 0; run < runs + 2; run++) {
      const began = performance.now();
      const answer = await server.app.inject({ url: `${paths.audit}/${path}`, headers });
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.body}`);
      // The first two warm the caches.
      if (run > 1) times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    const at = (part: number) => Math.round((times[Math.floor(part * (times.length - 1))] ?? 0) * 10) / 10;
    rows.push({ request, store, p50: at(0.5), p95: at(0.95), most: at(1) });
  }
  return rows;
}

/** The address of a page far down. */
async function deep(server: CopaneServer, headers: Record<string, string>): Promise<string> {
  let path = "sessions?limit=200";
  for (let page = 0; page < 99; page++) {
    const answer = await server.app.inject({ url: `${paths.audit}/${path}`, headers });
    const { nextCursor } = answer.json() as { nextCursor: string | null };
    if (!nextCursor) break;
    path = `sessions?limit=200&cursor=${nextCursor}`;
  }
  return path;
}

async function onStore(store: string, where: { databaseUrl: string; dataDir: string }): Promise<Row[]> {
  const database = await openDatabase(where);
  await seed(database, sessions);
  await database.close();
  const overrides = {
    ...where,
    port: 0,
    logLevel: "silent" as const,
    devSignIn: true,
    devSignInCode: "bench-code",
    requestsPerMinute: 1_000_000,
  };
  const server = await createServer(loadConfig({}, { overrides }));
  try {
    return await measure(server, store);
  } finally {
    await server.close();
  }
}

if (options["data-dir"]) {
  // Only fills a folder, to look at with `copane serve`.
  const database = await openDatabase({ databaseUrl: "", dataDir: options["data-dir"] });
  await seed(database, sessions);
  await database.close();
} else {
  const dataDir = join(tmpdir(), `copane-bench-${process.pid}`);
  const postgres = await throwAwayDatabase();
  const rows = [
    ...(await onStore("embedded", { databaseUrl: "", dataDir })),
    ...(await onStore("PostgreSQL", { databaseUrl: postgres.url, dataDir: "" })),
  ];
  await postgres.drop();
  await rm(dataDir, { recursive: true });
  console.table(rows);
  const folder = fileURLToPath(new URL("../out/", import.meta.url));
  await mkdir(folder, { recursive: true });
  const result = { at: new Date().toISOString(), node: process.version, sessions, rows };
  await writeFile(`${folder}audit.json`, `${JSON.stringify(result, null, 2)}\n`);
}
