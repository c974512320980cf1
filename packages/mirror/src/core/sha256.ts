import { hexOf } from "@copane/protocol";

/** The SHA-256 of a file, in hexadecimal; undefined where browsers do not give it (pages without TLS). */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const hash = await crypto.subtle?.digest("SHA-256", bytes);
  return hash && hexOf(new Uint8Array(hash));
}
