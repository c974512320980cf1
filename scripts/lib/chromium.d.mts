export const chromiumArgs: string[];
export function findChromium(options?: { windowed?: boolean }): string | undefined;
