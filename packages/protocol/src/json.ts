/**
 * A value as JSON, whatever `toJSON` a page hangs on its prototypes (old versions of Prototype do). Undefined
 * fields are left out; numbers that JSON does not know become null.
 */
export function plainJson(value: unknown): string {
  if (Array.isArray(value)) {
    let text = "";
    for (let i = 0; i < value.length; i++) text += (i ? "," : "") + plainJson(value[i]);
    return `[${text}]`;
  }
  if (typeof value === "object" && value !== null) {
    let text = "";
    for (const key of Object.keys(value)) {
      const field = (value as Record<string, unknown>)[key];
      if (field !== undefined) text += `${text ? "," : ""}${JSON.stringify(key)}:${plainJson(field)}`;
    }
    return `{${text}}`;
  }
  return JSON.stringify(value ?? null);
}
