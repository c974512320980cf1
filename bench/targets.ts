import { type Corpus, type CorpusPage, corpora, serveRoutes } from "@copane/e2e";

/** A page of the corpus by the name that options and reports use. */
export interface Entry {
  name: string;
  corpus: Corpus;
  page: CorpusPage;
}

/** Every page, in the registry's order. */
export const entries: readonly Entry[] = corpora.flatMap((corpus) =>
  corpus.pages.map((page) => ({ name: `${corpus.name}/${page.name}`, corpus, page })),
);

/** The pages whose name or corpus is listed; all when nothing is. Throws on a name that is none. */
export function chosen(list: string | undefined): readonly Entry[] {
  if (list === undefined) return entries;
  const wanted = list.split(",").map((name) => name.trim());
  const unknown = wanted.find((name) => !entries.some((entry) => matches(entry, name)));
  if (unknown !== undefined)
    throw new Error(`No page is called ${unknown}: npm run corpus -- --list names them.`);
  return entries.filter((entry) => wanted.some((name) => matches(entry, name)));
}

function matches(entry: Entry, name: string): boolean {
  return entry.name === name || entry.corpus.name === name;
}

/** Serves each corpus on its own loopback origin, when it is first asked for. */
export class Sites {
  readonly #sites = new Map<Corpus, Promise<{ origin: string; close(): Promise<void> }>>();

  async url({ corpus, page }: Entry): Promise<string> {
    let site = this.#sites.get(corpus);
    if (!site) {
      site = corpus.routes().then(serveRoutes);
      this.#sites.set(corpus, site);
    }
    return (await site).origin + page.path;
  }

  async close(): Promise<void> {
    for (const site of this.#sites.values()) await (await site).close();
  }
}
