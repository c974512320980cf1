import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { root } from "./lib/run.mjs";

/*
 * What many sessions at once take, from what one takes. Prints the tables of docs/scale.md; `--write` puts them there.
 *   node scripts/scale.mjs --sessions 20000 --cost frameUs=45 --cost redisUs=6
 */
const { values: given } = parseArgs({
  options: {
    sessions: { type: "string", default: "100000" },
    cost: { type: "string", multiple: true, default: [] },
    write: { type: "boolean", default: false },
  },
});

/** Other work took the machine as well: CPU is told from the system's counters and not by the clock. */
const measured = "measured by `npm run bench:relay` on a busy 2-core machine (load 4 to 6), 2026-11-30";
/** What one of each costs: value, unit, what, and where the value comes from. */
const table = /** @type {const} */ ([
  [
    "frameUs",
    36,
    "µs",
    "server CPU to relay a frame, both sockets at one server",
    `${measured}, with 400 busy sessions; 43 with 100, 28 with 900`,
  ],
  [
    "crossFactor",
    2.3,
    "×",
    "the same across two servers, both and Redis counted",
    "measured with 100 busy sessions on an idle machine of 2 cores; 1.7 on a busy one",
  ],
  [
    "redisUs",
    10,
    "µs",
    "of that, Redis's CPU (one thread) for a packet",
    "**not measured**: estimate; each frame a packet",
  ],
  [
    "setUpMs",
    5.2,
    "ms",
    "server CPU to set a session up, with the embedded database's",
    `${measured}, 400 sessions; 8.6 for the first 100 after a start`,
  ],
  [
    "sessionKb",
    85,
    "KB",
    "server memory of a busy session",
    `${measured}, 400 and 900 sessions; 40 of a calm one`,
  ],
  ["carriedKb", 30, "KB", "more of it when a socket is carried", "**not measured**: estimate"],
  [
    "serverMb",
    115,
    "MB",
    "memory of a server without sessions, with PostgreSQL",
    "measured, operations.md, “Sizing”",
  ],
  ["rowUs", 100, "µs", "PostgreSQL's CPU for a row written, in batches", "**not measured**: estimate"],
  ["liveRowKb", 3, "KB", "write-ahead log of a stored live session", "**not measured**: estimate"],
  [
    "liveRowS",
    10,
    "s",
    "between two writes of a session that goes on",
    "in the code (`session-writer.ts`), at the most",
  ],
  ["auditRows", 12, "rows", "of the audit, for a session", "**not measured**: estimate"],
  ["auditKb", 1.2, "KB", "of the audit on disk, for a session", "measured, operations.md, “Sizing”"],
  ["proxyUs", 20, "µs", "nginx's CPU for a frame that passes it, with TLS", "**not measured**: estimate"],
  ["proxyKb", 60, "KB", "nginx's memory for a socket, with TLS", "**not measured**: estimate"],
  ["proxyPorts", 28_000, "ports", "from one address of a proxy to one server", "Linux's default range"],
  ["wireBytes", 90, "bytes", "around a frame: WebSocket, TLS, TCP, IP", "reckoned"],
]);
/** @type {Record<(typeof table)[number][0], number>} */
const cost = Object.fromEntries(table.map(([name, value]) => [name, value]));
for (const text of given.cost) {
  const [name, value] = text.split("=");
  if (!(name in cost) || !(Number(value) > 0))
    throw new Error(`--cost ${text}: NAME=NUMBER with a name of the table`);
  cost[name] = Number(value);
}
const sessions = Number(given.sessions);
if (!(sessions >= 1)) throw new Error("--sessions: a number");

/** What all loads have in common. None of it was measured with real customers. */
const habits = {
  busyFps: 20,
  calmFps: 1,
  frameBytes: 600,
  minutes: 10,
  busyHours: 10,
  full: 0.6,
  postgresCores: 8,
};
const loads = [
  { name: "every session busy", busy: 1, together: false },
  { name: "one in seven busy", busy: 1 / 7, together: false },
  { name: "one in seven busy, both sockets at one server", busy: 1 / 7, together: true },
];

/** The formulas. */
function reckon({ busy, together }, count) {
  const { busyFps, calmFps, frameBytes, minutes, busyHours, full } = habits;
  const frames = count * (busy * busyFps + (1 - busy) * calmFps);
  const starts = count / (minutes * 60);
  const crossUs = cost.frameUs * cost.crossFactor - cost.redisUs;
  // The more servers, the rarer do two sockets meet by chance at one.
  let servers = 3;
  let carried = 0;
  let serverCores = 0;
  for (let last = 0; last !== servers; ) {
    last = servers;
    carried = together ? 0 : 1 - 1 / servers;
    const frameUs = (1 - carried) * cost.frameUs + carried * crossUs;
    serverCores = (frames * frameUs) / 1e6 + (starts * cost.setUpMs) / 1e3;
    // One more, so that one may be away. It only ever grows, so that this ends.
    servers = Math.max(servers, Math.ceil(serverCores / full) + 1);
  }
  const packets = frames * carried;
  const redisCores = (packets * cost.redisUs) / 1e6;
  const rows = count / cost.liveRowS + starts * cost.auditRows;
  const bits = frames * (frameBytes + cost.wireBytes) * 8;
  return {
    frames,
    starts,
    serverCores,
    servers,
    serverMb: cost.serverMb + ((count / servers) * (cost.sessionKb + carried * cost.carriedKb)) / 1024,
    carried,
    packets,
    redisCores,
    shards: Math.max(1, Math.ceil(redisCores / full)),
    redisGbit: (packets * frameBytes * 8 * 2) / 1e9,
    rows,
    databaseCores: (rows * cost.rowUs) / 1e6,
    walMb: ((count / cost.liveRowS) * cost.liveRowKb + starts * cost.auditKb) / 1024,
    auditGbADay: (starts * 3600 * busyHours * cost.auditKb) / 1024 ** 2,
    // A frame comes in by the proxy and goes out by it.
    proxyCores: (frames * 2 * cost.proxyUs) / 1e6,
    proxyGb: (count * 2 * cost.proxyKb) / 1024 ** 2,
    proxyAddresses: Math.max(2, Math.ceil((count * 2) / servers / cost.proxyPorts)),
    gbit: bits / 1e9,
  };
}

/** How many sessions something bears that is `most` big, where `use` says what one more session takes of it. */
const bears = (most, use) => Math.floor(most / use);

function limits(load) {
  const many = reckon(load, 1_000_000);
  const each = (/** @type {number} */ all) => all / 1_000_000;
  return [
    ["one core of a server", bears(habits.full, each(many.serverCores))],
    ["one Redis (one thread)", many.packets ? bears(habits.full, each(many.redisCores)) : undefined],
    [
      `one PostgreSQL of ${habits.postgresCores} cores`,
      bears(habits.postgresCores * habits.full, each(many.databaseCores)),
    ],
    ["one line of 10 Gbit/s, in and out", bears(10 * habits.full, each(many.gbit))],
    ["one proxy of 8 cores", bears(8 * habits.full, each(many.proxyCores))],
  ];
}

const number = (value, digits = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const row = (cells) => `| ${cells.join(" | ")} |`;
const markdown = (head, rows) => [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

function tables() {
  const all = loads.map((load) => reckon(load, sessions));
  const line = (label, pick, digits) => [label, ...all.map((one) => number(pick(one), digits))];
  const bounds = loads.map(limits);
  return [
    "What one takes:",
    markdown(
      ["name", "value", "what", "from"],
      table.map(([name, , unit, what, from]) => [
        `\`${name}\``,
        `${number(cost[name], cost[name] % 1 ? 1 : 0)} ${unit}`,
        what,
        from,
      ]),
    ),
    `What ${number(sessions)} sessions at once take:`,
    markdown(
      ["", ...loads.map(({ name }) => name)],
      [
        line("frames a second", (one) => one.frames),
        line("sessions begun a second", (one) => one.starts),
        line("frames that cross between servers, %", (one) => one.carried * 100),
        line("servers' cores in use", (one) => one.serverCores, 1),
        line(`servers (a core each, ${habits.full * 100} % full, one to spare)`, (one) => one.servers),
        line("memory of each, MB", (one) => one.serverMb),
        line("Redis: packets a second", (one) => one.packets),
        line("Redis: cores in use", (one) => one.redisCores, 1),
        line("Redis: shards", (one) => one.shards),
        line("Redis: network in and out, Gbit/s", (one) => one.redisGbit, 1),
        line("PostgreSQL: rows written a second", (one) => one.rows),
        line("PostgreSQL: cores in use", (one) => one.databaseCores, 1),
        line("PostgreSQL: write-ahead log, MB/s", (one) => one.walMb),
        line(
          `PostgreSQL: audit, GB for a day of ${habits.busyHours} such hours`,
          (one) => one.auditGbADay,
          1,
        ),
        line("proxies: cores in use", (one) => one.proxyCores, 1),
        line("proxies: memory for sockets, GB", (one) => one.proxyGb, 1),
        line("proxies: addresses at least", (one) => one.proxyAddresses),
        line("network from customers, and as much to agents, Gbit/s", (one) => one.gbit, 2),
      ],
    ),
    "Sessions at which one of each is full:",
    markdown(
      ["", ...loads.map(({ name }) => name)],
      bounds[0].map(([label], at) => [
        label,
        ...bounds.map((one) => (one[at][1] === undefined ? "–" : number(one[at][1]))),
      ]),
    ),
  ].join("\n\n");
}

if (given.write) {
  const path = `${root}docs/scale.md`;
  const parts = readFileSync(path, "utf8").split(/(?<=<!-- scale -->\n)|(?=<!-- \/scale -->)/);
  writeFileSync(path, [parts[0], `\n${tables()}\n\n`, parts.at(-1)].join(""));
} else console.log(tables());
