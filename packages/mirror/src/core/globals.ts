/**
 * The names of the language and the browser for all our code in a customer's page: the builds put these in their
 * place. A page's `class Map` hides the name alone, not the window's property. Where the page took that too
 * (`function Node()`), it is found where the page's nodes have it, or in a document of nobody.
 *
 * Methods that old libraries put others in place of (`Array.from`, `reduce` and `entries` of arrays) are used nowhere
 * here; `scripts/check-dom-access.mjs` holds that.
 */
type Global = typeof globalThis;

const own = globalThis as unknown as Record<string, unknown> & Global;
const { Object: objects, Array: arrays, Symbol: symbols } = own;
const tag = symbols.toStringTag;
let pristine: Global | undefined;

/** The window of a document that no script of the page has seen. The document goes at once; names can be asked on. */
function nobody(): Global {
  if (!pristine) {
    const make = own.Document.prototype.createElement ?? document.createElement;
    const frame = own.Reflect.apply(make, document, ["iframe"]) as HTMLIFrameElement;
    frame.hidden = true;
    document.documentElement.append(frame);
    pristine = frame.contentWindow as Window & Global;
    frame.remove();
  }
  return pristine;
}

/** The browser's own, or a substitute that calls itself as it does. */
function sound<K extends keyof Global & string>(name: K): Global[K] {
  const isIt = (value: unknown): boolean => {
    const { prototype = value } = Object(value ?? {}) as { prototype?: unknown };
    return (prototype as { [tag]?: unknown } | undefined)?.[tag] === name;
  };
  if (isIt(own[name])) return own[name];
  for (let of: object | null = document.documentElement; of; of = objects.getPrototypeOf(of))
    if (isIt(of.constructor)) return of.constructor as never;
  return nobody()[name];
}

/** Prototype.js made texts of arrays by itself, so that they are texts in a text: not in what we send. */
const withoutTheirs =
  (stringify: JSON["stringify"]) =>
  (value: unknown): string => {
    const { prototype } = arrays as unknown as { prototype: { toJSON?: unknown } };
    const { toJSON } = prototype;
    if (!toJSON) return stringify(value);
    delete prototype.toJSON;
    try {
      return stringify(value);
    } finally {
      prototype.toJSON = toJSON;
    }
  };

const jsonOf = ({ parse, stringify }: JSON) => ({ parse, stringify: withoutTheirs(stringify) });
function clock(): { now(): number } {
  const { performance } = own as { performance?: Partial<Performance> };
  return performance?.now ? (performance as Performance) : { now: () => own.Date.now() };
}

/** As the loader kept it: pages put one in its place that gives all requests a header of theirs, or an answer. */
function request(): Global["fetch"] {
  const kept = (own as unknown as Record<symbol, { Window?: PropertyDescriptorMap } | undefined>)[
    symbols.for("copane.native")
  ];
  const { value = own.fetch } = kept?.Window?.fetch ?? {};
  return (...given) => own.Reflect.apply(value, own, given);
}

/* Each by itself, so that a script has those alone that it uses. */
const ownJson = /* @__PURE__ */ jsonOf(/* @__PURE__ */ sound("JSON"));
const ownPerformance = /* @__PURE__ */ clock();
const ownDocument = /* @__PURE__ */ sound("Document");
const ownElement = /* @__PURE__ */ sound("Element");
const ownEvent = /* @__PURE__ */ sound("Event");
const ownFetch = /* @__PURE__ */ request();
const ownMap = /* @__PURE__ */ sound("Map");
const ownNode = /* @__PURE__ */ sound("Node");
const ownPromise = /* @__PURE__ */ sound("Promise");
const ownSet = /* @__PURE__ */ sound("Set");
const ownURL = /* @__PURE__ */ sound("URL");

export {
  ownDocument as Document,
  ownElement as Element,
  ownEvent as Event,
  ownFetch as fetch,
  ownJson as JSON,
  ownMap as Map,
  ownNode as Node,
  ownPerformance as performance,
  ownPromise as Promise,
  ownSet as Set,
  ownURL as URL,
};
