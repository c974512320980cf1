import { createHmac, timingSafeEqual } from "node:crypto";

/** The header that bears a post's signature. */
export const SIGNATURE_HEADER = "copane-signature";

/** A post that is older, or younger than now, by more than this is not believed, in seconds. */
const TOLERANCE_SECONDS = 300;

/**
 * The signature of a webhook's post, as its header `copane-signature` bears it.
 * @param at when it is sent, in seconds since 1970
 */
export function signWebhook(secret: string, body: string | Uint8Array, at: number): string {
  return `t=${at},v1=${digest(secret, body, at).toString("hex")}`;
}

/**
 * Whether a webhook's post is the server's, as it was sent, and not an old one sent again.
 * @param secret the server's `COPANE_WEBHOOK_SECRET`
 * @param body the post's body as it came, before it is parsed
 * @param signature the header `copane-signature`
 */
export function verifyWebhook(
  secret: string,
  body: string | Uint8Array,
  signature: string | undefined,
  { now = Date.now() / 1_000, tolerance = TOLERANCE_SECONDS }: { now?: number; tolerance?: number } = {},
): boolean {
  const [, time, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature ?? "") ?? [];
  if (!secret || time === undefined || hex === undefined) return false;
  const at = Number(time);
  return (
    timingSafeEqual(digest(secret, body, at), Buffer.from(hex, "hex")) && Math.abs(now - at) <= tolerance
  );
}

function digest(secret: string, body: string | Uint8Array, at: number): Buffer {
  return createHmac("sha256", secret).update(`${at}.`).update(body).digest();
}
