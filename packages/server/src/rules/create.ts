import { CUSTOMER_NUMBER, type CustomerView, type Role } from "@copane/protocol";
import type { SessionRecord, SessionSettings } from "./state.ts";

interface NewSession {
  id: string;
  passphrase: string;
  name: string;
  locale: string | undefined;
  now: number;
}

/** Customer-initiated, one step: the customer is in at once (Avaya: `customer/session/request`). */
export function createByCustomer(
  given: NewSession & { customer?: CustomerView | undefined },
  settings: SessionSettings,
): SessionRecord {
  return {
    ...base(given, "customer", settings),
    ...(given.customer ? { customer: given.customer } : {}),
    participants: [
      {
        number: CUSTOMER_NUMBER,
        role: "customer",
        name: given.name,
        connected: false,
        awaySince: given.now,
      },
    ],
  };
}

/** Agent-initiated: with `autojoin` the agent is in at once, else it joins in a second step. */
export function createByAgent(
  given: NewSession & { agentId: string; autojoin: boolean },
  settings: SessionSettings,
): SessionRecord {
  const { name, agentId, now } = given;
  const session = { ...base(given, "agent", settings), nextNumber: 2 };
  if (!given.autojoin) return { ...session, reserved: { number: 1, name, agentId } };
  return {
    ...session,
    lead: 1,
    participants: [
      { number: 1, role: "agent", part: "agent", name, agentId, connected: false, awaySince: now },
    ],
  };
}

function base(given: NewSession, initiator: Role, settings: SessionSettings): SessionRecord {
  const { id, passphrase, now } = given;
  return {
    id,
    initiator,
    locale: chooseLocale(given.locale, settings),
    passphrase,
    passphraseExpiresAt: now + settings.passphraseTtlMs,
    participants: [],
    paused: false,
    createdAt: now,
    activeAt: now,
    warned: false,
    nextNumber: 1,
    nextPage: 1,
    invites: [],
    consents: { given: [], refused: [] },
  };
}

/** Who reads Chinese in traditional characters is not given simplified ones. */
const traditional = /^zh-.*(hant|tw|hk|mo)/;

/** The wish if it is offered, exactly or by its language, else the server's default. */
function chooseLocale(wish: string | undefined, { locales, defaultLocale }: SessionSettings): string {
  const wanted = wish?.toLowerCase().replaceAll("_", "-");
  if (!wanted) return defaultLocale;
  const language = wanted.split("-")[0];
  const offered = locales.map((locale) => ({ locale, tag: locale.toLowerCase() }));
  const found =
    offered.find(({ tag }) => tag === wanted) ??
    offered.find(
      ({ tag }) => tag.split("-")[0] === language && traditional.test(tag) === traditional.test(wanted),
    );
  return found?.locale ?? defaultLocale;
}
