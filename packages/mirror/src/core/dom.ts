/**
 * Asks the browser about nodes, documents and windows, by the prototypes' own getters and methods. A form is its
 * controls' names first (`<input name=id>` shadows `form.id`), a document its pictures' and forms' (`<img name=body>`),
 * and scripts put what they like on elements and prototypes. A function here is called as the DOM calls the member;
 * one that sets a property begins with `set`. All work on nodes of every window. `npm run check:dom` finds what goes
 * by another way.
 */
export * from "./dom/elements.ts";
export * from "./dom/embedded.ts";
export * from "./dom/fields.ts";
export * from "./dom/nodes.ts";
export * from "./dom/parents.ts";
export * from "./dom/roots.ts";
export * from "./dom/svg.ts";
export * from "./dom/windows.ts";
