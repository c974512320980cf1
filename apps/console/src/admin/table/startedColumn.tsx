import { formatTime, formatZonedTime, zoneName } from "../format.ts";
import { text } from "../text.ts";
import type { Column } from "./columns.ts";

/** When a session began, in the reader's time zone; a file holds the moment itself. */
export function startedColumn<T extends { createdAt: string }>(): Column<T> {
  return {
    id: "started",
    label: `${text.started} (${zoneName()})`,
    cell: ({ createdAt }) => (
      <time dateTime={createdAt} title={formatZonedTime(createdAt)} className="admin-nowrap">
        {formatTime(createdAt)}
      </time>
    ),
    plain: ({ createdAt }) => createdAt,
  };
}
