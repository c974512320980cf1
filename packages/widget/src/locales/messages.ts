import type { EndWords, ErrorWords, Translation } from "@copane/ui";
import type { ChatMessages } from "./en/chat.ts";
import type { MarkMessages } from "./en/marks.ts";
import type { PanelMessages } from "./en/panel.ts";
import type { ProposalMessages } from "./en/proposal.ts";
import type { ScreenMessages } from "./en/screens.ts";

/**
 * What the widget says in one language. English's panel is there from the start, and the English words of what is
 * fetched on request come with that. Another language's words come together, in a script of their own.
 */
export interface Messages extends PanelMessages {
  language: string;
  screens?: Translation<ScreenMessages>;
  chat?: Translation<ChatMessages>;
  marks?: Translation<MarkMessages>;
  proposal?: Translation<ProposalMessages>;
  errors?: ErrorWords;
  ends?: EndWords;
}

/** A script of words: what is missing in it is said in English. */
export type TranslatedMessages = Partial<Messages> & Pick<Messages, "language">;
