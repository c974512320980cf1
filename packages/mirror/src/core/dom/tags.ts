import { htmlName } from "./elements.ts";
import { type AnyFunction, missing, native } from "./native.ts";

type Tags = HTMLElementTagNameMap & { frame: HTMLFrameElement };

/** Interfaces that are not called as their elements are. */
const types: Record<string, string> = {
  a: "Anchor",
  datalist: "DataList",
  fieldset: "FieldSet",
  iframe: "IFrame",
  img: "Image",
  textarea: "TextArea",
};

function ofTags(name: string, part: "get" | "set" | "value", tags: readonly string[]): AnyFunction {
  const calls = new Map<string, AnyFunction>();
  for (const tag of tags) {
    const own = native(`HTML${types[tag] ?? tag[0]?.toUpperCase() + tag.slice(1)}Element`, name, part);
    // Videos and sounds have most of what they have in common, and some of their own.
    const inCommon = tag === "video" || tag === "audio";
    calls.set(tag, inCommon && own === missing ? native("HTMLMediaElement", name, part) : own);
  }
  return (element: Element, ...args: unknown[]) => calls.get(htmlName(element))?.(element, ...args);
}

/** How a property is read that only the named elements of HTML have; undefined comes of all others. */
export function tagGetter<T extends keyof Tags, K extends keyof Tags[T] & string>(
  name: K,
  ...tags: T[]
): (element: Element) => Tags[T][K] {
  return ofTags(name, "get", tags);
}

/** How such a property is set; nothing happens to all others. */
export function tagSetter<T extends keyof Tags, K extends keyof Tags[T] & string>(
  name: K,
  ...tags: T[]
): (element: Element, value: Tags[T][K]) => void {
  return ofTags(name, "set", tags);
}

type Arguments<F> = F extends (...args: infer A) => unknown ? A : never;
type Result<F> = F extends (...args: never[]) => infer R ? R : never;

/** How a method is called that only the named elements of HTML have; nothing happens to all others. */
export function tagMethod<T extends keyof Tags, K extends keyof Tags[T] & string>(
  name: K,
  ...tags: T[]
): (element: Element, ...args: Arguments<Tags[T][K]>) => Result<Tags[T][K]> {
  return ofTags(name, "value", tags);
}
