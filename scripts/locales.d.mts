/** The lists of languages as they should be, and whether they are. */
export function lists(): { path: string; text: string; isCurrent: boolean }[];
