/**
 * The digits of a key (eight, or up to twelve where the site wants longer keys) from what a person typed, or undefined.
 * Avaya writes `1234 5678` and accepts it without
 * the space (spec section 3); we forgive any spaces and dashes.
 */
export function parsePassphrase(typed: string): string | undefined {
  const digits = typed.replace(/[\s-]/g, "");
  return /^\d{8,12}$/.test(digits) ? digits : undefined;
}

/** `12345678` → `1234 5678`, the written form: groups of four. */
export function formatPassphrase(digits: string): string {
  return digits.replace(/\d{4}(?=\d)/g, "$& ");
}
