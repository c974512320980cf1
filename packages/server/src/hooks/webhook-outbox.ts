import type { Database } from "../store/index.ts";

/** A post for one address. */
export interface StoredPost {
  /** The same for every try, and for a repeat after a crash. */
  id: string;
  url: string;
  body: string;
}

/** Posts that are not delivered yet, in the database: they outlive the server. */
export class WebhookOutbox {
  readonly #database: Database;
  readonly #server: string;

  /** @param server whose posts these are; a database that the server has to itself has nobody else's */
  constructor(database: Database, server: string) {
    this.#database = database;
    this.#server = server;
  }

  /** Takes over what an earlier start left, but for addresses that are not told any more. */
  async open(urls: readonly string[]): Promise<void> {
    if (this.#database.kind === "embedded")
      await this.#database.query("update webhook_posts set server = $1", [this.#server]);
    await this.#database.query("delete from webhook_posts where server = $1 and url <> all($2)", [
      this.#server,
      urls,
    ]);
  }

  /**
   * Takes over what servers left that are no more, where several work together: none of a name has a lease. Gives
   * whether there was any.
   */
  async adopt(): Promise<boolean> {
    const rows = await this.#database.query(
      `update webhook_posts set server = $1 where server <> $1 and not exists (
         select 1 from live_servers where not dead and split_part(live_servers.server, '/', 1) = webhook_posts.server
           and coalesce(lease_until, alive_at + interval '15 seconds') > clock_timestamp() - interval '10 seconds'
       ) returning id`,
      [this.#server],
    );
    return rows.length > 0;
  }

  /** Stores posts; gives those that were not there already. */
  async add(posts: readonly StoredPost[], at: number): Promise<StoredPost[]> {
    const rows = await this.#database.query<{ id: string; url: string }>(
      `insert into webhook_posts (id, url, server, at, body)
       select id, url, $2, $3, body from jsonb_to_recordset($1::text::jsonb) as row (id text, url text, body text)
       on conflict (id, url) do nothing returning id, url`,
      [JSON.stringify(posts), this.#server, new Date(at)],
    );
    return posts.filter((post) => rows.some(({ id, url }) => id === post.id && url === post.url));
  }

  /** The oldest posts for an address. */
  oldest(url: string, limit: number): Promise<StoredPost[]> {
    return this.#database.query<StoredPost & { n: number }>(
      "select id, url, body from webhook_posts where server = $1 and url = $2 order by n limit $3",
      [this.#server, url, limit],
    );
  }

  /** A post was delivered, or is given up. */
  async remove({ id, url }: StoredPost): Promise<void> {
    await this.#database.query("delete from webhook_posts where id = $1 and url = $2", [id, url]);
  }

  /** Gives up what has waited since before `at`; gives how many posts that were. */
  async giveUp(url: string, at: number): Promise<number> {
    const rows = await this.#database.query(
      "delete from webhook_posts where server = $1 and url = $2 and at < $3 returning id",
      [this.#server, url, new Date(at)],
    );
    return rows.length;
  }
}
