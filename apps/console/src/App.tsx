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
import { lazy, Suspense, useEffect, useState } from "react";
import { AdminLink } from "./admin/AdminLink.tsx";
import { useAdminRoute } from "./admin/route.ts";
import { Home } from "./home/Home.tsx";
import { LanguageMenu } from "./LanguageMenu.tsx";
import { Ended } from "./live/Ended.tsx";
import { Live } from "./live/Live.tsx";
import { Waiting } from "./live/Waiting.tsx";
import { useAgentSession } from "./session/useAgentSession.ts";
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
  const { live, make, clear } = useAgentSession();
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
    asAgent(({ name, token }) => make().supervise({ name, sessionId, silent }, token));

  const screen = () => {
    if (live?.closed) {
      const { closed, session } = live;
      return <Ended reason={closed} you={session.you} admin={admin !== undefined} onBack={clear} />;
    }
    if (live && customerOf(live.view)) return <Live live={live} />;
    if (live) return <Waiting view={live.view} onCancel={() => void live.session.leave()} />;
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
        onJoin={(passphrase) => asAgent(({ name, token }) => make().joinLive({ name, passphrase }, token))}
        passphrase={handed.key}
        invitation={handed.invitation}
        supervisor={isSupervisor(identity) ? identity : undefined}
        onInvited={(key) => asAgent(({ name, token }) => make().joinInvited({ name, key }, token))}
        onSupervise={supervise}
        onCreate={(locale) =>
          asAgent(async ({ name, token }) => {
            await make().requestKey({ name, locale, autojoin: true }, token);
          })
        }
      />
    );
  };

  return (
    <div className="desk">
      <header className="top">
        {live && !live.closed && customerOf(live.view) && (
          <a className="skip" href="#page">
            {text.skip}
          </a>
        )}
        <Group gap="xs">
          <img src="./mark.svg" width={26} height={26} alt="" />
          <Text fw={650}>Copane</Text>
          <Text c="dimmed" className="wide">
            {text.desk}
          </Text>
        </Group>
        <Group gap="sm">
          <LanguageMenu />
          <SchemeToggle />
          {identity && (
            <>
              <Text size="sm" className="wide">
                {identity.name}
              </Text>
              {!live && !admin && <AdminLink token={identity.token} />}
              {!live && (
                <Button size="compact-sm" variant="subtle" onClick={() => void signOut()}>
                  {text.signOut}
                </Button>
              )}
            </>
          )}
        </Group>
      </header>
      {screen()}
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
      aria-label={text.light}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}
