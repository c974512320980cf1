import { copane } from "./copane.ts";
import { mirror } from "./mirror.ts";
import { none } from "./none.ts";
import { openReplay } from "./openreplay.ts";
import { rrweb } from "./rrweb.ts";
import type { Tool, ToolName } from "./types.ts";

export type { Bytes, Run, Tool, ToolName } from "./types.ts";

/** Starts what each tool needs besides the page. */
export async function startTools(names: readonly ToolName[]): Promise<Tool[]> {
  const makers = { none: async () => none, copane, mirror, rrweb, openreplay: openReplay };
  return Promise.all(names.map((name) => makers[name]()));
}
