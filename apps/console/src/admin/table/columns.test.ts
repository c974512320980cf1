import { expect, test } from "vitest";
import { type Column, csvOf, sorted } from "./columns.ts";

interface Row {
  name: string;
  length: number | null;
}
const columns: Column<Row>[] = [
  { id: "name", label: "Name", cell: () => null, plain: ({ name }) => name },
  { id: "length", label: "Length", cell: () => null, plain: ({ length }) => length },
];
const rows: Row[] = [
  { name: "Zoë", length: 20 },
  { name: "émile", length: null },
  { name: "Frieda", length: 3 },
];
const namesBy = (by: string, order: "asc" | "desc") =>
  sorted(rows, columns, { by, order }).map(({ name }) => name);

test("rows are sorted as people read, and what has no value comes last", () => {
  expect(namesBy("name", "asc")).toEqual(["émile", "Frieda", "Zoë"]);
  expect(namesBy("length", "asc")).toEqual(["Frieda", "Zoë", "émile"]);
  expect(namesBy("length", "desc")).toEqual(["Zoë", "Frieda", "émile"]);
  expect(namesBy("unheard-of", "desc")).toEqual(["Zoë", "émile", "Frieda"]);
});

test("a file of a table holds what was written, and no formula", () => {
  const odd = [
    { name: '=HYPERLINK("http://evil")', length: -1 },
    { name: 'two\nlines, and "marks"', length: null },
  ];
  expect(csvOf(odd, columns)).toBe(
    'Name,Length\r\n"\'=HYPERLINK(""http://evil"")",-1\r\n"two\nlines, and ""marks""",\r\n',
  );
});
