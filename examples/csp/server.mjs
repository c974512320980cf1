import { randomBytes } from "node:crypto";

/** What the policy of a page has to allow: the script by its nonce, and connections to the server and to the page. */
export function page(page, { copane }) {
  const nonce = randomBytes(18).toString("base64url");
  page.text = page.text.replaceAll("%NONCE%", nonce);
  page.headers["content-security-policy"] = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `connect-src 'self' ${copane} ${copane.replace("http", "ws")}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}
