/** A session key as the SDK takes it. A page that keeps it as a number has lost the zeros in front. */
export function sessionKeyText(key: string | number): string {
  return typeof key === "number" ? String(key).padStart(8, "0") : key;
}
