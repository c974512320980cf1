import { govuk } from "./govuk.ts";
import { mui } from "./mui.ts";
import { sbAdmin } from "./sb-admin.ts";
import { shoelace } from "./shoelace.ts";
import type { Corpus } from "./types.ts";
import { vue } from "./vue.ts";

/** Every set of third-party pages that the mirror is held against. Add a set here and its tests exist. */
export const corpora: readonly Corpus[] = [sbAdmin, govuk, shoelace, mui, vue];
