import { formatPassphrase } from "@copane/protocol";

/** The longest key that a site may want. */
const MOST = 12;

/** The digits in what was typed or pasted, whatever stands between them and in whichever script they are. */
export function digitsOf(typed: string): string {
  return Array.from(typed)
    .flatMap((sign) => (/\p{Nd}/u.test(sign) ? [digitOf(sign)] : []))
    .join("")
    .slice(0, MOST);
}

/** Digits of a script stand in a row of ten that begins at a multiple of ten behind its first. */
function digitOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  for (const zero of [0x30, 0x660, 0x6f0, 0x966, 0xff10]) {
    if (code >= zero && code < zero + 10) return String(code - zero);
  }
  return "";
}

/** What the field shows, and where its caret stands then: behind as many digits as before. */
export function grouped(typed: string, caret: number): { shown: string; digits: string; caret: number } {
  const digits = digitsOf(typed);
  const before = digitsOf(typed.slice(0, caret)).length;
  const shown = formatPassphrase(digits);
  return { shown, digits, caret: before + Math.max(0, Math.ceil(before / 4) - 1) };
}
