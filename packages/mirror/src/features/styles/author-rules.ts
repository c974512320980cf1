import { statements, withoutComments } from "./statements.ts";

/** Statements that are parsed together, in characters: about a millisecond. */
const CHUNK_LENGTH = 1 << 14;

/** The rules that a text makes, in order. */
export interface AuthorRules {
  /** As they are written. */
  readonly texts: string[];
  /** As the browser writes them out; undefined of an import. */
  readonly made: (string | undefined)[];
}

/** Reads the rules of a text; each turn takes about a millisecond. */
export function* authorRules(css: string): Generator<void, AuthorRules> {
  const rules: AuthorRules = { texts: [], made: [] };
  const scratch = new CSSStyleSheet();
  // A namespace is about all that follows.
  const length = css.includes("@namespace") ? Number.POSITIVE_INFINITY : CHUNK_LENGTH;
  let chunk: string[] = [];
  let chunkLength = 0;
  for (const statement of statements(css)) {
    const head = withoutComments(statement).trimStart();
    if (/^@(?:import|charset)\b/i.test(head)) {
      if (/^@import/i.test(head)) {
        rules.texts.push(statement);
        rules.made.push(undefined);
      }
      continue;
    }
    chunk.push(statement);
    chunkLength += statement.length;
    if (chunkLength < length) continue;
    addChunk(chunk, scratch, rules);
    chunk = [];
    chunkLength = 0;
    yield;
  }
  addChunk(chunk, scratch, rules);
  return rules;
}

function addChunk(chunk: readonly string[], scratch: CSSStyleSheet, to: AuthorRules): void {
  scratch.replaceSync(chunk.join("\n"));
  const { cssRules } = scratch;
  if (cssRules.length === chunk.length) {
    to.texts.push(...chunk);
    for (const { cssText } of cssRules) to.made.push(cssText);
    return;
  }
  // The browser does not know some of them.
  for (const statement of chunk) {
    scratch.replaceSync(statement);
    for (const { cssText } of scratch.cssRules) {
      to.texts.push(scratch.cssRules.length === 1 ? statement : cssText);
      to.made.push(cssText);
    }
  }
}
