import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import * as paths from "../packages/protocol/src/paths/index.ts";
import { ConfigError, configKeys, hasAgents, loadConfig } from "../packages/server/src/config/index.ts";

const deploy = fileURLToPath(new URL("../deploy/", import.meta.url));
const read = (path: string) => readFileSync(join(deploy, path), "utf8");
const files = (readdirSync(deploy, { recursive: true }) as string[]).filter((path) =>
  statSync(join(deploy, path)).isFile(),
);

interface Service {
  environment?: Record<string, string>;
  stop_grace_period?: string;
  networks?: { inside?: { ipv4_address: string } };
}
interface Compose {
  services: Record<string, Service>;
}
interface Manifest {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec?: {
    selector?: object;
    podSelector?: object;
    template: {
      spec: {
        terminationGracePeriodSeconds: number;
        containers: { lifecycle: { preStop: { exec: { command: string[] } } } }[];
      };
    };
  };
}

const compose = parse(read("compose/compose.yaml"), { merge: true }) as Compose;
const servers = Object.entries(compose.services).filter(([name]) => /^copane-\d$/.test(name));
const manifests = (file: string) =>
  parseAllDocuments(read(`kubernetes/${file}`)).map((document) => document.toJS() as Manifest);

/** The time that a server takes at most to stop, by its own word. */
function stopSeconds(): number {
  const text = readFileSync(new URL("../packages/server/src/cli/serve.ts", import.meta.url), "utf8");
  const [, ms = ""] = text.match(/STOP_MS = ([\d_]+);/) ?? [];
  return Number(ms.replaceAll("_", "")) / 1_000;
}

test("every file for deployment that is YAML or JSON can be read", () => {
  const data = files.filter((path) => /\.(ya?ml|json)$/.test(path));
  expect(data.length).toBeGreaterThan(12);
  for (const path of data) {
    if (path.endsWith(".json")) expect(() => JSON.parse(read(path))).not.toThrow();
    else
      for (const { errors } of parseAllDocuments(read(path)))
        expect({ path, errors }).toEqual({ path, errors: [] });
  }
});

test("every COPANE_ variable that they name is a setting", () => {
  const known = new Set(["COPANE_CONFIG", ...configKeys.map(({ env }) => env)]);
  const unknown = files.flatMap((path) =>
    [...read(path).matchAll(/\bCOPANE_[A-Z0-9_]*/g)]
      .filter(([name]) => !known.has(name))
      .map(([name]) => `${path}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

const values: Record<string, string> = {
  POSTGRES_PASSWORD: "a1",
  VALKEY_PASSWORD: "b2",
  METRICS_TOKEN: "0123456789abcdef",
  SITE_ORIGINS: "https://www.example.com,https://shop.example.com",
  JWKS_URL: "https://login.example.com/jwks.json",
  JWT_ISSUER: "https://login.example.com/",
  JWT_AUDIENCE: "copane",
  TLS_DIR: "/tmp/tls",
};
const filledIn = (text: string) => text.replace(/\$\{(\w+)[^}]*\}/g, (_, name: string) => values[name] ?? "");

test("the compose file starts nothing while a value is missing, and its example has none", () => {
  const wanted = [...read("compose/compose.yaml").matchAll(/(?<!\$)\$\{(\w+)([^}]*)\}/g)];
  expect(wanted.filter(([, , rest = ""]) => !rest.startsWith(":?")).map(([all]) => all)).toEqual([]);
  const names = [...new Set(wanted.map(([, name]) => name))].sort();
  expect(names).toEqual(Object.keys(values).sort());
  const example = read("compose/example.env").match(/^[^#\n].*$/gm) ?? [];
  expect(example.sort()).toEqual(names.map((name) => `${name}=`));
});

test("filled in, its three servers can be configured, each with a name of its own", () => {
  const configs = servers.map(([, { environment = {} }]) =>
    loadConfig(Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, filledIn(text)]))),
  );
  expect(configs.map(({ serverId }) => serverId)).toEqual(["copane-1", "copane-2", "copane-3"]);
  for (const config of configs) {
    expect(hasAgents(config)).toBe(true);
    expect(config.redisUrl).toBe("redis://default:b2@valkey:6379/0");
    // It believes nginx alone who asks.
    expect(config.trustedProxies).toEqual([compose.services.nginx?.networks?.inside?.ipv4_address]);
  }
});

test("its nginx passes on to all three, by the example for one", () => {
  const folder = mkdtempSync(join(tmpdir(), "copane-compose-"));
  try {
    writeFileSync(join(folder, "nginx"), "#!/bin/sh\n");
    chmodSync(join(folder, "nginx"), 0o755);
    const SERVERS = compose.services.nginx?.environment?.SERVERS ?? "";
    writeFileSync(join(folder, "main"), "events {\n    worker_connections  1024;\n}\n");
    const script = join(deploy, "compose/nginx.sh");
    execFileSync(
      "sh",
      [script, join(deploy, "nginx/copane.conf"), join(folder, "made"), join(folder, "main")],
      {
        env: { PATH: `${folder}:${process.env.PATH}`, SERVERS },
      },
    );
    expect(readFileSync(join(folder, "main"), "utf8")).toContain("worker_connections 16384;");
    const made = readFileSync(join(folder, "made"), "utf8");
    const upstreams = [...made.matchAll(/^upstream \w+ \{([^}]*)\}/gm)];
    const addresses = servers.map(([, { networks }]) => `${networks?.inside?.ipv4_address}:8080`);
    expect(upstreams.length).toBe(2);
    for (const [, text = ""] of upstreams)
      expect([...text.matchAll(/server (\S+);/g)].map(([, address]) => address)).toEqual(addresses);
    expect(made).not.toContain("127.0.0.1:8080");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("compose and Kubernetes wait longer than a server takes to hand its sessions on", () => {
  const stop = stopSeconds();
  expect(stop).toBeGreaterThan(1);
  expect(servers.length).toBe(3);
  for (const [, { stop_grace_period = "" }] of servers)
    expect(Number.parseInt(stop_grace_period, 10)).toBeGreaterThan(stop);
  const pod = manifests("deployment.yaml")[0]?.spec?.template.spec;
  const before = Number(pod?.containers[0]?.lifecycle.preStop.exec.command[1]);
  expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(stop + before);
});

test("the manifests' settings can be used once the secret is filled in, and not before", () => {
  const settings = manifests("settings.yaml")[0]?.data ?? {};
  const secret = manifests("secret.example.yaml")[0]?.stringData ?? {};
  expect(() => loadConfig({ ...settings, ...secret })).toThrow(ConfigError);
  const whole = {
    DATABASE_URL: "postgres://copane:a1@postgres.example.com/copane",
    COPANE_REDIS_URL: "rediss://default:b2@valkey.example.com:6379/0",
    COPANE_METRICS_TOKEN: "0123456789abcdef",
  };
  expect(Object.keys(secret)).toEqual(Object.keys(whole));
  for (const name of Object.keys(whole))
    expect(() => loadConfig({ ...settings, ...whole, [name]: secret[name] })).toThrow(ConfigError);
  expect(hasAgents(loadConfig({ ...settings, ...whole }))).toBe(true);
});

test("kustomize takes every manifest, and its selectors select", () => {
  const { resources } = parse(read("kubernetes/kustomization.yaml")) as { resources: string[] };
  const all = readdirSync(join(deploy, "kubernetes")).filter((file) => file.endsWith(".yaml"));
  const manifestFiles = all.filter((file) =>
    manifests(file).every((one) => "kind" in one && one.kind !== "Kustomization"),
  );
  expect([...resources].sort()).toEqual(manifestFiles.map((file) => file.replace(".example", "")).sort());
  // Kustomize writes none into these two, and an empty one is everything in the namespace.
  for (const one of [...manifests("disruption.yaml"), ...manifests("network.yaml")])
    expect(one.spec?.selector ?? one.spec?.podSelector).toEqual({
      matchLabels: { "app.kubernetes.io/name": "copane" },
    });
});

test("the Ingress passes what is for the outside, sockets by the server that keeps them, and nothing else", () => {
  interface Ingress {
    metadata: { annotations: Record<string, string> };
    spec: { rules: { http: { paths: { path: string; pathType: string }[] } }[] };
  }
  const [usual, sockets] = (manifests("ingress.yaml") as unknown as Ingress[]).map(({ metadata, spec }) => ({
    hash: metadata.annotations["nginx.ingress.kubernetes.io/upstream-hash-by"],
    passes: (asked: string) =>
      spec.rules
        .flatMap(({ http }) => http.paths)
        .some(({ path, pathType }) =>
          pathType === "Exact" ? asked === path : asked === path || asked.startsWith(`${path}/`),
        ),
  }));
  const { base, audit, admin, openapi, docs, agentSignIn, customerSocket, agentSocket, ...open } = paths;
  const outside = [...Object.values(open), "/sdk/copane.js", "/desk/"];
  expect(outside.filter((path) => !usual?.passes(path))).toEqual([]);
  const socketPaths = [customerSocket, agentSocket].flatMap((path) => [
    `${path}/websocket`,
    `${path}/1/2/xhr`,
  ]);
  expect(socketPaths.filter((path) => !sockets?.passes(path) || usual?.passes(path))).toEqual([]);
  const kept = [base, audit, admin, openapi, docs, agentSignIn, "/", "/metrics", "/healthz", "/readyz"];
  expect(kept.filter((path) => usual?.passes(path) || sockets?.passes(path))).toEqual([]);
  // The README's map makes what is hashed by, as that of the nginx example does.
  const pattern = read("nginx/copane.conf").match(/"(~\^.*copane_sockjs>.*)" \$copane_sockjs;/)?.[1] ?? "?";
  expect(read("README.md")).toContain(`"${pattern}" $copane_sockjs;`);
  expect(read("nginx/copane.conf")).toContain(`map $uri ${sockets?.hash} {`);
  expect(read("README.md")).toContain(`map $uri ${sockets?.hash} {`);
});
