import { type Config, dataPlace } from "../config/index.ts";
import { type FolderState, inspectFolder, inspectPostgres, type PostgresState } from "../store/index.ts";
import { judgeClock } from "./clock.ts";
import { type Finding, Findings } from "./finding.ts";
import { reasonOf, within } from "./reason.ts";

/** Generated columns came with it. */
const OLDEST_POSTGRES = 12;
/** What an empty embedded database takes, and some sessions. */
const LITTLE_BYTES = 500 * 1_048_576;
const ANSWER_MS = 12_000;

/** Where data would be kept, and whether they can be. */
export async function checkData(config: Config): Promise<Finding[]> {
  const place = dataPlace(config);
  if (place.kind === "postgresql") return checkPostgres(config.databaseUrl);
  if (place.kind === "folder") return judgeFolder(place.folder, place.named, inspectFolder(place.folder));
  const findings = new Findings("data");
  findings.warning(
    "everything is kept in memory: sessions, audit and policy end with the server",
    "Set COPANE_DATA_DIR to a folder, or DATABASE_URL.",
  );
  return findings.list;
}

async function checkPostgres(url: string): Promise<Finding[]> {
  try {
    return judgePostgres(await within(ANSWER_MS, inspectPostgres(url)));
  } catch (error) {
    const findings = new Findings("database");
    findings.problem(
      `the database that DATABASE_URL names cannot be used: ${reasonOf(error)}`,
      "Check host, port, user, password and database in DATABASE_URL, and that psql connects with it from here.",
    );
    return findings.list;
  }
}

export function judgePostgres(state: PostgresState): Finding[] {
  const findings = new Findings("database");
  const { version, major, step, newestStep } = state;
  if (major < OLDEST_POSTGRES)
    findings.problem(`PostgreSQL ${version} is too old`, `Take PostgreSQL ${OLDEST_POSTGRES} or later.`);
  else findings.ok(`PostgreSQL ${version} answers`);
  if (state.readOnly)
    findings.problem("it can only be read, as a standby can", "Let DATABASE_URL name the primary.");
  if (step > newestStep)
    findings.problem(
      `its schema is of a newer Copane (step ${step}, this one knows ${newestStep})`,
      "Start the newer version, or put the backup of before back.",
    );
  else if (step === newestStep) findings.ok(`its schema is up to date (step ${step})`);
  else if (state.mayCreate)
    findings.note(`its schema has step ${step} of ${newestStep}; the next start runs the others`);
  else
    findings.problem(
      `its schema has step ${step} of ${newestStep}, and the user may not make tables`,
      "As the owner of the database: GRANT CREATE ON SCHEMA public TO the user (or give it a schema of its own).",
    );
  if (!state.fsync)
    findings.warning(
      "it runs with fsync off: what it has stored may be lost with its machine",
      "Set fsync = on in postgresql.conf.",
    );
  judgeClock(findings, state.aheadMs);
  return findings.list;
}

export function judgeFolder(folder: string, named: boolean, state: FolderState): Finding[] {
  const findings = new Findings("data");
  const { exists, unwritable, holder, version, freeBytes } = state;
  if (unwritable !== undefined) {
    const text = `data cannot be kept in ${folder}: ${reasonOf({ code: unwritable })}`;
    if (named)
      findings.problem(
        text,
        "Make it a folder of the user that runs the server, or name another in COPANE_DATA_DIR.",
      );
    else
      findings.warning(
        `${text}; a server started here keeps them in memory`,
        "Set COPANE_DATA_DIR or DATABASE_URL.",
      );
    return findings.list;
  }
  const made = version === undefined ? "" : `, made by PostgreSQL ${version}`;
  findings.ok(`${folder} can be written${exists ? made : "; the first start makes the database in it"}`);
  if (holder !== undefined)
    findings.note(`process ${holder} uses it; a second server needs a COPANE_DATA_DIR of its own`);
  if (freeBytes < LITTLE_BYTES)
    findings.warning(
      `only ${Math.floor(freeBytes / 1_048_576)} MB are free there`,
      "Make room, or name a folder on another disk in COPANE_DATA_DIR.",
    );
  return findings.list;
}
