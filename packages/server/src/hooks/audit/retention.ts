import type { Database } from "../../store/index.ts";

const EVERY_MS = 3_600_000;
/** Sessions deleted at once, so that no transaction grows long. */
const SLICE = 1_000;

/** Deletes sessions that ended more than `days` ago, with all that belongs to them; 0 keeps everything. */
export async function forget(database: Database, days: number, now: number): Promise<number> {
  if (days <= 0) return 0;
  const before = new Date(now - days * 86_400_000);
  for (let total = 0; ; ) {
    const rows = await database.query<{ id: string }>(
      `delete from sessions where id in
        (select id from sessions where ended_at < $1 order by created_at limit ${SLICE}) returning id`,
      [before],
    );
    total += rows.length;
    if (rows.length < SLICE) return total;
  }
}

/** Forgets every hour what the policy says. Gives the function that stops it. */
export function keepForgetting(options: {
  database: Database;
  days: () => number;
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
}): () => void {
  const run = async () => {
    try {
      const sessions = await forget(options.database, options.days(), Date.now());
      if (sessions > 0) options.log.info({ sessions }, "audit: sessions past their retention deleted");
    } catch (error) {
      options.log.warn({ reason: (error as Error).name }, "audit: retention failed, tried again in an hour");
    }
  };
  void run();
  const timer = setInterval(() => void run(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
