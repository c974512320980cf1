import { basicSetup, EditorView } from "codemirror";

const doc = Array.from(
  { length: 2_000 },
  (_, i) => `line ${i}: let value${i} = compute(${i}, "text ${i * 7}");`,
);
new EditorView({
  doc: doc.join("\n"),
  extensions: [basicSetup, EditorView.theme({ "&": { height: "700px" } })],
  parent: document.getElementById("app") as HTMLElement,
});
