import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";

/** Locks of this process: its own number in a file tells nothing otherwise. */
const held = new Set<string>();

/**
 * Takes a data folder for this process: two embedded databases on one folder destroy it. Gives the function that
 * lets go. Throws when a living process holds it; the lock of a dead one is taken over.
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}/lock`;
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(file, "wx", 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      held.add(file);
      return () => {
        held.delete(file);
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 2) throw error;
      const holder = Number(readFileSync(file, "utf8"));
      // In a container each start may have the same process id: our own number is a leftover too, unless held here.
      if (holder !== process.pid && isAlive(holder)) {
        throw new Error(
          `The data folder ${folder} is in use by process ${holder}. Stop that server, or give this one another COPANE_DATA_DIR.`,
        );
      }
      if (held.has(file)) throw new Error(`The data folder ${folder} is in use by this process.`);
      rmSync(file, { force: true });
    }
  }
}

/** The living process that holds a data folder; undefined when none does. */
export function holderOf(folder: string): number | undefined {
  const file = `${folder}/lock`;
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : Number.NaN;
  return isAlive(holder) ? holder : undefined;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
