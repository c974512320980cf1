import { Table, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { Column, Sort } from "./columns.ts";

interface DataTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  idOf(row: T): string;
  sort: Sort;
  onSort(sort: Sort): void;
}

/** A table whose heads sort it; on a phone each row is a card. */
export function DataTable<T>({ label, columns, rows, idOf, sort, onSort }: DataTableProps<T>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
    <section className="admin-rows" tabIndex={0} aria-label={label}>
      <Table verticalSpacing="xs" horizontalSpacing="md" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={idOf(row)} data-session={idOf(row)}>
              {columns.map(({ id, label: head, cell }) => (
                <Table.Td key={id} data-label={head} data-column={id}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Head<T>({
  column,
  sort,
  onSort,
}: { column: Column<T> } & Pick<DataTableProps<T>, "sort" | "onSort">) {
  const { id, label, unsorted } = column;
  if (unsorted) return <Table.Th>{label}</Table.Th>;
  const now = sort.by === id ? sort.order : undefined;
  const Arrow = now === "asc" ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th aria-sort={now && (now === "asc" ? "ascending" : "descending")}>
      <UnstyledButton
        className="admin-head"
        data-sorted={now}
        onClick={() =>
          onSort({ by: id, order: now === "asc" ? "desc" : now === "desc" ? "asc" : firstOrder(id) })
        }
      >
        {label}
        <Arrow size={14} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  );
}

/** Times and lengths begin with the greatest, names with A. */
function firstOrder(id: string): Sort["order"] {
  return id === "started" || id === "length" ? "desc" : "asc";
}
