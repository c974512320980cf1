import { readdirSync } from "node:fs";
import ts from "typescript";
import { root } from "./lib/run.mjs";

/**
 * Fails where the engine asks a node, a document or a window of the page by a property: the page may have put something
 * else there (a control named `id` in a form, a script's own getter). `packages/mirror/src/core/dom.ts` has a function
 * for each member, which asks the browser itself.
 */
const rooms = ["packages/mirror/src", "packages/client/src/customer"];
/** Where only arrays are looked at: elements there are our own. */
const besides = ["packages/client/src", "packages/protocol/src", "packages/ui/src", "packages/widget/src"];
const exempt = /\.test\.ts$|\/testing\/|^packages\/mirror\/src\/core\/(?:dom\/|globals\.ts)/;

/**
 * Members of windows that a page's variables can hide, and that tell something of the page. Timers, events and
 * constructors may be replaced (zones and polyfills do that); `document`, `location` and `top` cannot be.
 */
const ofWindows = new Set([
  "addEventListener",
  "frameElement",
  "getComputedStyle",
  "getSelection",
  "innerHeight",
  "innerWidth",
  "matchMedia",
  "removeEventListener",
  "scrollTo",
  "scrollX",
  "scrollY",
]);

/** Old libraries have put methods of their own in place of these: Prototype.js still runs many shops. */
const ofArrays = new Set(["entries", "reduce", "reduceRight"]);

const files = [...new Set([...rooms, ...besides])]
  .flatMap((room) => readdirSync(root + room, { recursive: true }).map((name) => `${room}/${name}`))
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path, at, all) => path.endsWith(".ts") && !exempt.test(path) && all.indexOf(path) === at);

const { options } = ts.getParsedCommandLineOfConfigFile(
  `${root}tsconfig.json`,
  { incremental: false },
  ts.sys,
);
const program = ts.createProgram(
  files.map((path) => root + path),
  { ...options, tsBuildInfoFile: undefined },
);
const checker = program.getTypeChecker();

/** "Node" or "Window" of what is or may be one, by its type. */
function kindOf(type, known = new Map()) {
  if (known.has(type)) return known.get(type);
  known.set(type, undefined);
  let kind;
  if (type.isUnionOrIntersection()) kind = type.types.map((one) => kindOf(one, known)).find(Boolean);
  else if (type.flags & ts.TypeFlags.TypeParameter) {
    const constraint = type.getConstraint();
    kind = constraint && kindOf(constraint, known);
  } else if (isOfDom(type.symbol)) {
    const { name } = type.symbol;
    // An attribute is no element: nothing in the page's markup can stand before what it has.
    if (name === "Attr") kind = undefined;
    else if (/^(?:Node|ParentNode|ChildNode|DocumentOrShadowRoot)$/.test(name)) kind = "Node";
    else if (name === "Window") kind = name;
    else kind = type.isClassOrInterface() ? kindOfBases(type, known) : undefined;
  } else if (type.isClassOrInterface()) kind = kindOfBases(type, known);
  known.set(type, kind);
  return kind;
}

const kindOfBases = (type, known) =>
  checker
    .getBaseTypes(type)
    .map((base) => kindOf(base, known))
    .find(Boolean);

const isOfDom = (symbol) =>
  symbol?.declarations?.some((declaration) =>
    /lib\.dom[^/]*\.d\.ts$/.test(declaration.getSourceFile().fileName),
  );

const known = new Map();

/** Whether a member of an expression is the browser's to tell, and the page can stand before it. */
function isForbidden(type, name) {
  const kind = kindOf(type, known);
  return kind === "Node" || (kind === "Window" && ofWindows.has(name));
}

/** Whether an old library may have put something else in place of a member of arrays. */
const isReplaced = (type, name) =>
  (name === "from" && type.symbol?.name === "ArrayConstructor") ||
  (ofArrays.has(name) && (checker.isArrayType(type) || checker.isTupleType(type)));

/** Whether a name is one of the browser's own window, asked without saying so. */
const isGlobal = (node) =>
  !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
  isOfDom(checker.getSymbolAtLocation(node)) &&
  !ts.isBindingElement(node.parent);

const found = [];
for (const path of files) {
  const source = program.getSourceFile(root + path);
  const report = (node, name) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push({ path, line: line + 1, name });
  };
  const strict = rooms.some((room) => path.startsWith(room));
  const walk = (node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      isReplaced(checker.getTypeAtLocation(node.expression), node.name.text)
    )
      report(node.name, node.name.text);
    else if (!strict) {
      // Only arrays are asked about here.
    } else if (ts.isPropertyAccessExpression(node)) {
      const { text } = node.name;
      if (!text.startsWith("#") && isForbidden(checker.getTypeAtLocation(node.expression), text))
        report(node.name, text);
    } else if (ts.isElementAccessExpression(node)) {
      if (isForbidden(checker.getTypeAtLocation(node.expression), ""))
        report(node, node.argumentExpression.getText(source));
    } else if (ts.isObjectBindingPattern(node)) {
      const type = checker.getTypeAtLocation(node);
      for (const element of node.elements) {
        const name = (element.propertyName ?? element.name).getText(source);
        if (isForbidden(type, name)) report(element, name);
      }
    } else if (ts.isIdentifier(node) && ofWindows.has(node.text) && isGlobal(node)) report(node, node.text);
    ts.forEachChild(node, walk);
  };
  walk(source);
}

for (const { path, line, name } of found)
  console.error(
    `${path}:${line}: \`${name}\` of a node, a window or an array: core/dom.ts and core/globals.ts say why`,
  );
process.exitCode = found.length ? 1 : 0;
