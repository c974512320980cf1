import { ends, errors } from "@copane/ui/locales/it";
import type { TranslatedMessages } from "../messages.ts";
import { chat } from "./chat.ts";
import { marks } from "./marks.ts";
import { panel } from "./panel.ts";
import { proposal } from "./proposal.ts";
import { screens } from "./screens.ts";

export const messages: TranslatedMessages = {
  language: "it",
  ...panel,
  chat,
  marks,
  proposal,
  screens,
  errors,
  ends,
};
