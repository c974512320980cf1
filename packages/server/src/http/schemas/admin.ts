import { type TSchema, Type } from "typebox";
import { Policy } from "../../policy/index.ts";

const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const SessionId = Type.Object({ id: Type.String({ maxLength: 64 }) });

export const Ended = Type.Object({ ended: Type.Literal(true) }, { description: "It is over for everybody." });

export const Me = Type.Object(
  {
    agentId: Type.String(),
    name: nullable(Type.String()),
    role: Type.String({ description: "agent, supervisor, admin or auditor." }),
    permissions: Type.Array(Type.String()),
  },
  { description: "Who the token stands for, and what the role allows." },
);

const version = {
  version: Type.Integer({ description: "0: as the configuration says; nobody has stored one." }),
  author: nullable(Type.String({ description: "Id of who stored it." })),
  at: nullable(Type.String({ format: "date-time" })),
};
export const PolicyAnswer = Type.Object(
  { ...version, policy: Policy },
  { description: "The policy in force." },
);
export const PolicyWanted = Type.Object(
  {
    version: Type.Optional(
      Type.String({
        pattern: "^\\d{1,9}$",
        description: "A version that was saved; 0 is what the configuration says.",
      }),
    ),
  },
  { additionalProperties: false },
);
export const PolicyHistory = Type.Object(
  { versions: Type.Array(Type.Object(version)) },
  { description: "Who changed the policy when, newest first; at most 100." },
);
export const PolicyChange = Type.Object(
  {
    version: Type.Integer({ minimum: 0, description: "The version that the change starts from." }),
    // Checked by hand, so that the error names the field by its whole path.
    policy: Type.Unknown({ description: "The whole document." }),
  },
  { additionalProperties: false },
);
export const CustomerPolicy = Type.Object(
  { consentText: Type.Record(Type.String(), Type.String()) },
  { description: "What a page must know before a session." },
);
