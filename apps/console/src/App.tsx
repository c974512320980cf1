import { customerOf } from "@copane/protocol";
import { directionOf } from "@copane/ui";
import {
  ActionIcon,
  Button,
  Group,
  Text,
  useComputedColorScheme,
  useDirection,
  useMantineColorScheme,
} from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { AdminLink } from "./admin/AdminLink.tsx";
import { useAdminRoute } from "./admin/route.ts";
import { DeskMenu } from "./DeskMenu.tsx";
import { Home } from "./home/Home.tsx";
import { LanguageMenu } from "./LanguageMenu.tsx";
import { CannedDialog } from "./live/CannedDialog.tsx";
import { Ended } from "./live/Ended.tsx";
import { Live } from "./live/Live.tsx";
import { ShortcutsDialog } from "./live/ShortcutsDialog.tsx";
import { deskKeys, useKeys, useShortcutsWish } from "./live/shortcuts.ts";
import { Waiting } from "./live/Waiting.tsx";
import { storedWishes, storeWishes, useAlerts } from "./session/alerts.ts";
import { Switcher } from "./session/Switcher.tsx";
import { useDeskFacts } from "./session/useDeskFacts.ts";
import { useDeskSessions } from "./session/useDeskSessions.ts";
import {
  handedKey,
  type Identity,
  isSupervisor,
  onStoredIdentity,
  storedIdentity,
  storeIdentity,
} from "./signIn/identity.ts";
import { SignIn } from "./signIn/SignIn.tsx";
import { text, useLanguage } from "./text.ts";

/** Loaded only by those who administer. */
const Admin = lazy(async () => {
  const [screen, { textReady }] = await Promise.all([import("./admin/Admin.tsx"), import("./admin/text.ts")]);
  await textReady;
  return screen;
});

/** @param refused why the company's sign-in led back with nobody */
export function App({ refused }: { refused?: string | undefined }) {
  const admin = useAdminRoute();
  const [identity, setIdentity] = useState<Identity | undefined>(storedIdentity);
  const [handed] = useState(() => ({ key: handedKey("key"), invitation: handedKey("invite") }));
  const [notice, setNotice] = useState(refused);
  const { sessions, held, shown } = useDeskSessions();
  const current = held.find(({ seat }) => seat === shown);
  const [wishes, setWishes] = useState(storedWishes);
  useAlerts(sessions, held, wishes);
  const [dialog, setDialog] = useState<"canned" | "shortcuts">();
  const [keys, setKeys] = useShortcutsWish();
  const deskKey = useCallback(
    (key: string) => {
      if (key === "?") setDialog("shortcuts");
      else if (key.toUpperCase() === deskKeys.home) sessions.show(undefined);
      else if (key === deskKeys.nextSession) sessions.step(1);
      else if (key === deskKeys.previousSession) sessions.step(-1);
      else return false;
      return true;
    },
    [sessions],
  );
  useKeys(keys, deskKey);
  const facts = useDeskFacts(identity?.token);
  const language = useLanguage();
  const { setDirection } = useDirection();
  // Menus and sliders of the library ask it for the side that they begin at.
  useEffect(() => setDirection(directionOf(language)), [language, setDirection]);

  function signedIn(next: Identity | undefined, why?: string) {
    storeIdentity(next);
    setIdentity(next);
    setNotice(why);
  }

  useEffect(() => onStoredIdentity(setIdentity), []);
  useEffect(() => {
    const provider = identity?.provider;
    if (!provider) return;
    const away = new AbortController();
    void import("./signIn/company.ts").then(({ CompanySignIn }) => {
      if (away.signal.aborted) return;
      new CompanySignIn(provider).keep(identity, away.signal, {
        renewed: setIdentity,
        ended: () => {
          storeIdentity(undefined);
          setIdentity(undefined);
          setNotice(text.expired);
        },
      });
    });
    return () => away.abort();
  }, [identity]);

  async function signOut() {
    const provider = identity?.provider;
    signedIn(undefined);
    if (!provider) return;
    const { CompanySignIn } = await import("./signIn/company.ts");
    // Where the provider does not answer the sign-out holds here alone.
    await new CompanySignIn(provider).end().catch(() => {});
  }

  /** A refused sign-in leads back to it; what else goes wrong is shown where it happened. */
  async function asAgent(work: (who: Identity) => Promise<void>) {
    if (!identity) return;
    try {
      await work(identity);
    } catch (error) {
      if (!(error as Error).name.startsWith("AGENT_AUTH")) throw error;
      signedIn(undefined, text.expired);
    }
  }

  const supervise = (sessionId: string, silent: boolean) =>
    asAgent(({ name, token }) =>
      sessions.open((session) => session.supervise({ name, sessionId, silent }, token)),
    );

  const screen = () => {
    if (current?.closed) {
      const { closed, session, seat } = current;
      return (
        <Ended
          reason={closed}
          you={session.you}
          admin={admin !== undefined}
          onBack={() => sessions.remove(seat)}
        />
      );
    }
    if (current && customerOf(current.view)) return null;
    if (current) {
      const { view, session } = current;
      return (
        <Waiting
          view={view}
          page={facts.customerPage}
          onCancel={() => void session.leave()}
          onHome={() => sessions.show(undefined)}
        />
      );
    }
    if (!identity) return <SignIn notice={notice} wanted={wanted(handed)} onDone={signedIn} />;
    if (admin) {
      return (
        <Suspense>
          <Admin token={identity.token} route={admin} onObserve={supervise} />
        </Suspense>
      );
    }
    return (
      <Home
        digits={facts.keyDigits}
        held={held}
        onShow={(seat) => sessions.show(seat)}
        onJoin={(passphrase) =>
          asAgent(({ name, token }) =>
            sessions.open((session) => session.joinLive({ name, passphrase }, token)),
          )
        }
        passphrase={handed.key}
        invitation={handed.invitation}
        supervisor={isSupervisor(identity) ? identity : undefined}
        onInvited={(key) =>
          asAgent(({ name, token }) => sessions.open((session) => session.joinInvited({ name, key }, token)))
        }
        onSupervise={supervise}
        token={identity.token}
        presence={facts.presence}
        onWaiting={(sessionId) =>
          asAgent(({ name, token }) =>
            sessions.open((session) => session.joinWaiting({ name, sessionId }, token)),
          )
        }
        onCreate={(locale) =>
          asAgent(({ name, token }) =>
            sessions.open((session) => session.requestKey({ name, locale, autojoin: true }, token)),
          )
        }
      />
    );
  };

  const switcher = <Switcher held={held} shown={shown} onShow={(seat) => sessions.show(seat)} />;
  const menu = (all: boolean) => (
    <DeskMenu
      all={all}
      wishes={wishes}
      onWishes={(next) => {
        storeWishes(next);
        setWishes(next);
      }}
      onShortcuts={() => setDialog("shortcuts")}
      onCanned={() => setDialog("canned")}
    />
  );
  const live = held.filter(({ view, closed }) => customerOf(view) && !closed);
  const isLive = live.some(({ seat }) => seat === shown);

  return (
    <div className="desk">
      {!isLive && (
        <header className="top">
          <Group gap="xs" wrap="nowrap">
            <img src="./mark.svg" width={24} height={24} alt="" />
            <Text fw={650}>Copane</Text>
            <Text c="dimmed" className="wide">
              {text.desk}
            </Text>
            {identity && switcher}
          </Group>
          <Group gap={4} wrap="nowrap">
            <LanguageMenu />
            <SchemeToggle />
            {identity && menu(false)}
            {identity && (
              <>
                <Text size="sm" className="wide" px="xs">
                  {identity.name}
                </Text>
                {!current && !admin && <AdminLink token={identity.token} />}
                {!current && held.length === 0 && (
                  <Button size="compact-sm" variant="subtle" onClick={() => void signOut()}>
                    {text.signOut}
                  </Button>
                )}
              </>
            )}
          </Group>
        </header>
      )}
      {screen()}
      {live.map((one) => (
        <Live
          key={one.seat}
          live={one}
          shown={one.seat === shown}
          keys={keys}
          switcher={switcher}
          menu={menu(true)}
        />
      ))}
      {dialog === "canned" && <CannedDialog onClose={() => setDialog(undefined)} />}
      {dialog === "shortcuts" && (
        <ShortcutsDialog on={keys} onChange={setKeys} onClose={() => setDialog(undefined)} />
      )}
    </div>
  );
}

/** The fragment of the address that led here; keys were taken out of it. */
function wanted({ key, invitation }: { key: string; invitation: string }): string {
  if (key) return `#key=${encodeURIComponent(key)}`;
  return invitation ? `#invite=${encodeURIComponent(invitation)}` : location.hash;
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      className="tool"
      aria-label={text.light}
      title={text.light}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}
