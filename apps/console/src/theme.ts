import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** Deep teal: calm for a long shift, and far from the amber that marks control and the red that ends. */
const teal: MantineColorsTuple = [
  "#eaf6f5",
  "#d5e9e7",
  "#a8d2cf",
  "#78bab6",
  "#51a6a1",
  "#399994",
  "#0f7f7a",
  "#0c6a66",
  "#0a5754",
  "#074442",
];

/** Marks control; dark enough in its filled shade for white letters. */
const amber: MantineColorsTuple = [
  "#fff6e5",
  "#ffe9c2",
  "#ffd48a",
  "#fdbd4f",
  "#f2a522",
  "#d98a0b",
  "#b86f04",
  "#965700",
  "#7a4600",
  "#5f3600",
];

export const theme = createTheme({
  colors: { teal, amber },
  primaryColor: "teal",
  primaryShade: 7,
  autoContrast: true,
  defaultRadius: "md",
  fontFamily: '"Inter", "Segoe UI", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  headings: { fontWeight: "620" },
  cursorType: "pointer",
});
