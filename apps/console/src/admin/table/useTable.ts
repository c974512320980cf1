import { useState } from "react";
import type { Sort } from "./columns.ts";

/** How somebody looks at a table. */
export interface Shape {
  sort: Sort;
  hidden: string[];
  size: number;
}

/** A shape under a name, with what was filtered for. */
export interface SavedView<F> {
  name: string;
  shape: Shape;
  filters: F;
}

const MOST_VIEWS = 20;

/** A table's shape and its saved views, kept in this browser. */
export function useTable<F>(table: string, usual: Shape) {
  const [shape, setShape] = useState<Shape>(() => ({
    ...usual,
    ...read<Partial<Shape>>(`${table}.shape`, {}),
  }));
  const [views, setViews] = useState(() => read<SavedView<F>[]>(`${table}.views`, []));
  const change = (part: Partial<Shape>) => {
    const next = { ...shape, ...part };
    setShape(next);
    write(`${table}.shape`, next);
  };
  const keep = (next: SavedView<F>[]) => {
    setViews(next);
    write(`${table}.views`, next);
  };
  return {
    shape,
    change,
    views,
    save: (name: string, filters: F) =>
      keep([{ name, shape, filters }, ...views.filter((view) => view.name !== name)].slice(0, MOST_VIEWS)),
    remove: (name: string) => keep(views.filter((view) => view.name !== name)),
  };
}

const keyOf = (name: string) => `copane.table.${name}`;

function read<T>(name: string, otherwise: T): T {
  try {
    return (JSON.parse(localStorage.getItem(keyOf(name)) ?? "null") as T | null) ?? otherwise;
  } catch {
    // Blocked storage, or written by somebody else.
    return otherwise;
  }
}

function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    console.warn("copane: this browser keeps no views of tables");
  }
}
