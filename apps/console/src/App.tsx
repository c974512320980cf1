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
  handedInvitation,
  type Identity,
  isSupervisor,
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

export function App() {
  const admin = useAdminRoute();
  const [identity, setIdentity] = useState<Identity | undefined>(storedIdentity);
  const [invitation] = useState(handedInvitation);
  const [notice, setNotice] = useState<string>();
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
    if (!identity) return <SignIn notice={notice} onDone={signedIn} />;
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
        invitation={invitation}
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
                <Button size="compact-sm" variant="subtle" onClick={() => signedIn(undefined)}>
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
