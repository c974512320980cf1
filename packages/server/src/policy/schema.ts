import type { SitePolicy } from "@copane/protocol";
import { type Static, Type } from "typebox";

const strict = { additionalProperties: false };
const ms = (minimum: number, description: string) =>
  Type.Integer({ minimum, maximum: 7 * 86_400_000, description: `${description} In milliseconds.` });
const selectors = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 200, description });

/** The document that an administrator writes; see `SitePolicy`. */
export const Policy = Type.Object(
  {
    privacy: Type.Object(
      {
        mask: selectors("CSS selectors whose text and values are masked."),
        block: selectors("CSS selectors of what the agent can neither read nor use."),
        hide: selectors("CSS selectors of what is not shown."),
        removeIds: selectors("Ids of elements that are not sent at all."),
      },
      strict,
    ),
    controlLevel: Type.Union(
      [Type.Literal("view"), Type.Literal("point"), Type.Literal("scroll"), Type.Literal("full")],
      { description: "The highest level of control that an agent may ask for." },
    ),
    timeouts: Type.Object(
      {
        passphraseTtlMs: ms(10_000, "Life of an unused session key."),
        agentIdleMs: ms(10_000, "Idleness that closes a session which an agent started."),
        customerIdleMs: ms(10_000, "Idleness that closes a session which a customer started."),
        idleWarningMs: ms(1_000, "How long before that the warning comes."),
        sessionTimeoutMs: ms(60_000, "Longest life of a session."),
      },
      strict,
    ),
    languages: Type.Object(
      {
        offered: Type.Array(Type.String({ pattern: "^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$" }), {
          minItems: 1,
          maxItems: 50,
          uniqueItems: true,
          description: "BCP 47 tags.",
        }),
        default: Type.String({ maxLength: 35, description: "One of the offered." }),
      },
      strict,
    ),
    consent: Type.Array(
      Type.Union([Type.Literal("view"), Type.Literal("control"), Type.Literal("recording")]),
      {
        uniqueItems: true,
        description:
          "What the customer is asked before it begins; without control, requests are granted at once.",
      },
    ),
    consentText: Type.Record(Type.String({ maxLength: 35 }), Type.String({ maxLength: 2_000 }), {
      maxProperties: 50,
      description: "Words of consent by language, in place of the widget's own.",
    }),
    silentObservers: Type.Boolean({
      description: "Observers and supervisors may come in without the customer being told.",
    }),
    numberMatch: Type.Optional(
      Type.Boolean({
        description:
          "Nothing is shown before both sides have compared two figures; the setting where absent.",
      }),
    ),
    proposals: Type.Boolean({
      description: "Agents may propose one click or value that the customer accepts or declines.",
    }),
    retentionDays: Type.Integer({
      minimum: 0,
      maximum: 36_500,
      description: "Days that the audit keeps a session after its end; 0 keeps it for ever.",
    }),
  },
  strict,
);

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
true satisfies Same<Static<typeof Policy>, SitePolicy>;
