const BULLET = "•";

/**
 * What stands in for a masked text or value: bullets whose number tells the length class only (0, 4, 8,
 * 16, …), in short words so that lines still break. White space alone stays as it is: it is layout.
 */
export function maskText(text: string): string {
  if (text.trim() === "") return text === "" ? "" : " ";
  let length = 4;
  while (length < text.length && length < 4096) length *= 2;
  return (`${BULLET.repeat(7)} `.repeat(Math.ceil(length / 8)) + BULLET).slice(0, length).trimEnd();
}

/** As `maskText`, for single-line values: no spaces. */
export function maskValue(value: string): string {
  return value === "" ? "" : maskText(value).replaceAll(" ", BULLET);
}
