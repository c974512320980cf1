import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";

/** Locks of this process: its own number in a file tells nothing otherwise. */
const held = new Set<string>();

/** What a system takes as the path of a socket; some cut longer ones off without a word. */
const LONGEST_PATH = 100;

/**
 * Takes a data folder for this process: two embedded databases on one folder destroy it. Gives the function that
 * lets go. Rejects when a living process holds it; the lock of a dead one is taken over.
 *
 * A file names the process, and a socket beside it says whether it lives: in containers that share a folder numbers
 * tell nothing, since each counts its processes for itself.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  if (held.has(`${folder}/lock`)) throw inUse(folder, "this process");
  const socket = await hold(folder);
  try {
    const unlock = lockByNumber(folder);
    return async () => {
      unlock();
      if (socket) await letGo(socket);
    };
  } catch (error) {
    if (socket) await letGo(socket);
    throw error;
  }
}

/** The living process that holds a data folder; undefined when none does. */
export function holderOf(folder: string): number | undefined {
  const file = `${folder}/lock`;
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : Number.NaN;
  return isAlive(holder) ? holder : undefined;
}

/** Listens in the folder. Undefined where that cannot be done: some shared file systems have no sockets. */
async function hold(folder: string): Promise<Server | undefined> {
  const path = `${folder}/lock.socket`;
  if (Buffer.byteLength(path) > LONGEST_PATH) return undefined;
  for (let attempt = 0; ; attempt++) {
    const server = createServer((caller) => caller.destroy());
    try {
      server.listen(path);
      await once(server, "listening");
      return server.unref();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || attempt > 2) return undefined;
      if (await answers(path)) {
        const file = `${folder}/lock`;
        const number = existsSync(file) ? readFileSync(file, "utf8") : "";
        throw inUse(folder, `process ${number || "?"} (by its own count, if that is in another container)`);
      }
      rmSync(path, { force: true });
    }
  }
}

/** A process that stands still answers, too: the system takes the call for it. */
async function answers(path: string): Promise<boolean> {
  const caller = connect(path);
  try {
    await once(caller, "connect");
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== "ECONNREFUSED" && code !== "ENOENT";
  } finally {
    caller.destroy();
  }
}

function letGo(socket: Server): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}

function lockByNumber(folder: string): () => void {
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
      // In a container each start may have the same process id: our own number is a leftover too.
      if (holder !== process.pid && isAlive(holder)) throw inUse(folder, `process ${holder}`);
      rmSync(file, { force: true });
    }
  }
}

function inUse(folder: string, holder: string): Error {
  return new Error(
    `The data folder ${folder} is in use by ${holder}. Stop that server, or give this one another COPANE_DATA_DIR.`,
  );
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
