export declare const folders: readonly string[];
export declare function lists(base?: string): { path: string; text: string; isCurrent: boolean }[];
