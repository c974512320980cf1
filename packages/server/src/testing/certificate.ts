import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate for this machine, by an authority that nobody else trusts. */
export function certificate(folder: string): { authority: string; certificate: string; key: string } {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...fresh,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "2",
    "-subj",
    "/CN=Own CA",
  );
  openssl("req", ...fresh, "-keyout", "redis.key", "-out", "redis.csr", "-subj", "/CN=redis");
  writeFileSync(at("names"), "subjectAltName=IP:127.0.0.1\n");
  const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names"];
  openssl("x509", "-req", "-in", "redis.csr", ...by, "-out", "redis.pem");
  return { authority: at("ca.pem"), certificate: at("redis.pem"), key: at("redis.key") };
}
