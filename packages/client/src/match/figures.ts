const PURPOSE = "copane figures 1";

/** A random part: 256 bits in base64url. */
export function newNonce(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * What one can commit oneself to a part by, without telling it. Rejects on pages without TLS: browsers give no hash
 * there.
 */
export async function commitmentOf(nonce: string): Promise<string> {
  return base64Url(await hash(`${PURPOSE} commit ${nonce}`));
}

/** The two figures that follow from both parts: `00` to `99`, each as likely. Rejects on pages without TLS. */
export async function figuresOf(
  sessionId: string,
  parts: { customer: string; agent: string },
): Promise<string> {
  const bytes = await hash(`${PURPOSE} show ${sessionId} ${parts.customer} ${parts.agent}`);
  // 2^32 is so much more than 100 that no pair is likelier by more than 1 in 40 million.
  const number = new DataView(bytes.buffer).getUint32(0) % 100;
  return String(number).padStart(2, "0");
}

async function hash(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
