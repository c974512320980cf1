import { createServer } from "node:net";
import type { Config } from "../config/index.ts";
import { type Finding, Findings } from "./finding.ts";
import { askStatus } from "./http.ts";
import { reasonOf } from "./reason.ts";

/** Whether the server could listen, or does already. */
export async function checkPort({ host, port }: Config): Promise<Finding[]> {
  const findings = new Findings("port");
  const code = await occupied(host, port);
  const place = `${host}, port ${port}`;
  if (code === undefined)
    findings.ok(port === 0 ? `a free port of ${host} will be taken` : `${place} is free`);
  else if (code === "EADDRINUSE") {
    const running = await askStatus(`http://${reachable(host)}:${port}`).catch(() => undefined);
    if (running)
      findings.note(
        `${place}: a Copane ${running.version} answers there already; a second one needs another PORT`,
      );
    else
      findings.problem(
        `${place} is in use by another program`,
        "Stop that, or choose another PORT (--port).",
      );
  } else if (code === "EACCES")
    findings.problem(
      `${place} is not for this user`,
      "Choose a PORT from 1024 on and let the proxy in front listen there.",
    );
  else
    findings.problem(
      `${place} cannot be listened at: ${reasonOf({ code })}`,
      "HOST must be an address of this machine: 127.0.0.1 behind a proxy on it, 0.0.0.0 for all.",
    );
  return findings.list;
}

/** Why nobody can listen there; undefined when one can. */
function occupied(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

/** By which address a server that listens at `host` is asked. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
