import { registerRichText } from "@lexical/rich-text";
import { $getRoot, $isTextNode, createEditor } from "lexical";
import { baseKeymap, toggleMark } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import Quill from "quill";

declare global {
  interface Window {
    /** What each editor's own model holds: paragraphs, and the bold text among them. */
    editors: Record<string, () => { paragraphs: string[]; bold: string }>;
  }
}

const app = document.getElementById("app") as HTMLElement;
app.innerHTML = `<style>
    [contenteditable] { white-space: pre-wrap; min-height: 90px; border: 1px solid; padding: 4px; font: 16px/20px monospace }
    p { margin: 0 } .ql-clipboard { position: absolute; left: -9999px; height: 1px; overflow: hidden }
  </style><div id="quill"></div><div id="prosemirror"></div><div id="lexical"><div contenteditable="true"></div></div>`;

const place = (id: string) => document.getElementById(id) as HTMLElement;

const quill = new Quill(place("quill"));

const prosemirror = new EditorView(place("prosemirror"), {
  state: EditorState.create({
    schema,
    plugins: [
      keymap({ "Mod-b": toggleMark(schema.marks.strong as NonNullable<typeof schema.marks.strong>) }),
      keymap(baseKeymap),
    ],
  }),
});

const lexical = createEditor({
  namespace: "letter",
  onError: (error) => {
    throw error;
  },
});
lexical.setRootElement(document.querySelector<HTMLElement>("#lexical [contenteditable]"));
registerRichText(lexical);

window.editors = {
  quill: () => ({
    paragraphs: quill.getText().replace(/\n$/, "").split("\n"),
    bold: quill
      .getContents()
      .ops.filter((op) => op.attributes?.bold)
      .map((op) => op.insert)
      .join(""),
  }),
  prosemirror: () => {
    const paragraphs: string[] = [];
    let bold = "";
    prosemirror.state.doc.forEach((node) => {
      paragraphs.push(node.textContent);
    });
    prosemirror.state.doc.descendants((node) => {
      if (node.marks.some((mark) => mark.type.name === "strong")) bold += node.text;
    });
    return { paragraphs, bold };
  },
  lexical: () =>
    lexical.getEditorState().read(() => ({
      paragraphs: $getRoot()
        .getChildren()
        .map((node) => node.getTextContent()),
      bold: $getRoot()
        .getAllTextNodes()
        .filter((node) => $isTextNode(node) && node.hasFormat("bold"))
        .map((node) => node.getTextContent())
        .join(""),
    })),
};
