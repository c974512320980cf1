import type { AgentHistoryAnswer, SessionNote } from "@copane/protocol";
import { type Static, Type } from "typebox";

const note = {
  note: Type.String({ maxLength: 2_000, description: "Empty for none." }),
  rating: Type.Union([Type.Integer({ minimum: 1, maximum: 5 }), Type.Null()], {
    description: "1 (went badly) to 5 (went well); null for none.",
  }),
};

export const SessionId = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const Note = Type.Object(note, { additionalProperties: false });
export const History = Type.Object({
  sessions: Type.Array(
    Type.Object({
      id: Type.String(),
      customer: Type.Union([Type.String(), Type.Null()]),
      createdAt: Type.String({ format: "date-time" }),
      durationMs: Type.Integer(),
      ...note,
    }),
  ),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
true satisfies Same<Static<typeof Note>, SessionNote>;
true satisfies Same<Static<typeof History>, AgentHistoryAnswer>;
