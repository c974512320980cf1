// The layers of the design as rules: arrows point one way, and a package's index is its contract.
const { readdirSync, readFileSync } = require("node:fs");

const inside = (name) => `^packages/${name}/`;

/** The files that a package's `exports` name, as one pattern. */
const entries = readdirSync("packages")
  .flatMap((name) => {
    const { exports = {} } = JSON.parse(readFileSync(`packages/${name}/package.json`, "utf8"));
    return Object.values(exports).map((entry) => `packages/${name}/${entry["copane-source"].slice(2)}`);
  })
  .map((path) => path.replaceAll(".", "[.]").replaceAll("*", "[^/]+"))
  .join("|");

/** Only these packages (and npm's) may be imported from `name`. */
function mayImport(name, from, allowed) {
  const others = [
    "protocol",
    "mirror",
    "client",
    "ui",
    "widget",
    "avaya",
    "agent-view",
    "server",
    "sdk",
    "agent",
    "node",
    "react",
    "vue",
    "testing",
  ].filter((other) => !allowed.includes(other));
  return {
    name: `layers-${name}`,
    comment: `${name} may import only ${allowed.join(", ") || "npm packages"}.`,
    severity: "error",
    from: { path: from, pathNot: "\\.test\\.tsx?$" },
    to: { path: `^(packages/(${others.join("|")})|apps|e2e|bench)/`, pathNot: from },
  };
}

/** Only these folders of the server's sources may be imported from its folder `name`. */
function serverFolder(name, allowed) {
  const open = [name, ...allowed].join("|");
  return {
    name: `server-${name}`,
    comment: `packages/server/src/${name} may import only ${allowed.join(", ") || "protocol"} of ours.`,
    severity: "error",
    from: { path: `^packages/server/src/${name}/`, pathNot: "\\.test\\.ts$" },
    to: { path: "^packages/server/src/", pathNot: `^packages/server/src/(${open})/` },
  };
}

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle has no layer, not even one of types.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-cycles-of-types",
      comment: "Not even of types, where none is left.",
      severity: "error",
      from: { path: "^packages/(protocol|mirror|client|server)/" },
      to: { circular: true },
    },
    {
      name: "core-knows-no-feature",
      comment: "Features stand on the mirror's core, not the other way round.",
      severity: "error",
      from: { path: "^packages/mirror/src/core/", pathNot: "\\.test\\.ts$" },
      to: { path: "^packages/mirror/src/(features|capture|replica|subframes|control|marks)/" },
    },
    {
      name: "store-knows-nothing",
      comment: "What is stored is the business of those who store it.",
      severity: "error",
      from: { path: "^packages/server/src/store/", pathNot: "\\.test\\.ts$" },
      to: { path: "^packages/(?!server/src/store/)" },
    },
    {
      name: "server-folders-meet-at-their-index",
      comment: "A folder's index is its contract.",
      severity: "error",
      from: {
        path: "^packages/server/src/([^/]+)/",
        pathNot: ["\\.test\\.ts$", "^packages/server/src/testing/"],
      },
      to: {
        path: "^packages/server/src/(rules|sessions|live-store|relay|hooks|http|policy|store|servers|check)/",
        pathNot: ["^packages/server/src/$1/", "^packages/server/src/[^/]+/index[.]ts$"],
      },
    },
    {
      name: "through-the-index",
      comment: "Packages meet at their exports; nothing reaches into another's folders.",
      severity: "error",
      from: { path: "^(packages|apps)/([^/]+)/" },
      to: {
        path: "^packages/",
        pathNot: [`^(${entries})$`, "^$1/$2/"],
      },
    },
    {
      name: "through-the-exports",
      comment: "End-to-end tests and benchmarks take packages by their names, as a site would.",
      severity: "error",
      from: { path: "^(e2e|bench)/" },
      to: { path: "^(packages|apps)/", dependencyTypes: ["local"] },
    },
    {
      name: "no-benchmarks-in-tests",
      comment:
        "Benchmarks use the pages of the end-to-end tests, not the other way round, and by their index.",
      severity: "error",
      from: { path: "^e2e/" },
      to: { path: "^bench/" },
    },
    {
      name: "e2e-through-the-index",
      comment: "Who is outside of e2e takes what its index offers.",
      severity: "error",
      from: { pathNot: "^e2e/" },
      to: { path: "^e2e/", pathNot: "^e2e/index[.]ts$" },
    },
    {
      name: "no-unresolved",
      comment: "An import must lead somewhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\?(raw|url|inline)$" },
    },
    {
      name: "no-tests-in-products",
      comment: "Product code does not import tests.",
      severity: "error",
      from: { pathNot: "\\.test\\.tsx?$" },
      to: { path: "\\.test\\.tsx?$" },
    },
    mayImport("protocol", inside("protocol"), []),
    mayImport("mirror", inside("mirror"), ["protocol"]),
    mayImport("client", inside("client"), ["protocol", "mirror"]),
    mayImport("ui", inside("ui"), []),
    mayImport("widget", inside("widget"), ["protocol", "mirror", "client", "ui"]),
    mayImport("avaya", inside("avaya"), ["protocol", "mirror", "client"]),
    mayImport("agent-view", inside("agent-view"), ["protocol", "client", "ui"]),
    mayImport("server", inside("server"), ["protocol"]),
    mayImport("node", inside("node"), ["server", "protocol"]),
    mayImport("react", inside("react"), ["sdk", "agent"]),
    mayImport("testing", inside("testing"), ["server", "node"]),
    mayImport("vue", inside("vue"), ["sdk", "agent"]),
    mayImport("sdk", inside("sdk"), ["widget"]),
    mayImport("agent", inside("agent"), ["agent-view", "client", "protocol"]),
    serverFolder("rules", []),
    serverFolder("participants", []),
    serverFolder("sessions", ["rules"]),
    serverFolder("relay", ["rules", "sessions"]),
    serverFolder("live-store", ["sessions", "store"]),
    serverFolder("hooks", ["sessions", "store", "config"]),
    serverFolder("servers", ["rules", "sessions", "live-store", "relay", "auth", "store", "config"]),
    serverFolder("check", ["servers", "store", "config"]),
    serverFolder("http", ["rules", "sessions", "hooks", "auth", "policy", "store", "config"]),
    serverFolder("auth", ["config"]),
    serverFolder("policy", ["rules", "store", "config"]),
    serverFolder("store", []),
    serverFolder("config", ["auth"]),
    mayImport("apps", "^apps/", ["protocol", "mirror", "client", "ui", "widget", "agent-view", "agent"]),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/(dist|node_modules)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["copane-source", "import", "module", "browser", "node", "types", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
    },
  },
};
