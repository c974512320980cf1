import { CopaneAgentView, CopaneLauncher, CopaneProvider, useCopane, useCopaneEvent } from "@copane/react";
import { useState } from "react";

/** A site's page and, at `#agent=TOKEN,KEY`, a desk's: as somebody outside of the repository would write them. */
function Help() {
  const { state, key, agents, controlled } = useCopane();
  const [end, setEnd] = useState<number>();
  useCopaneEvent("end", ({ number }) => setEnd(number));
  return (
    <>
      <CopaneLauncher now>Help me</CopaneLauncher>
      <output id="state">{state}</output>
      <output id="key">{key}</output>
      <output id="agents">{agents.map(({ name }) => name).join()}</output>
      <output id="controlled">{String(controlled)}</output>
      <output id="end">{end}</output>
    </>
  );
}

export function App({ server }: { server: string }) {
  return (
    <CopaneProvider
      server={server}
      name="Ada"
      privacy={{ mask: [".secret"] }}
      confirmControl={async ({ level }) => level === "scroll"}
    >
      <h1>Packed</h1>
      <p className="secret">In clear</p>
      <Help />
    </CopaneProvider>
  );
}

export function Desk({ server, token, passphrase }: { server: string; token: string; passphrase: string }) {
  const [said, setSaid] = useState("");
  return (
    <>
      <CopaneAgentView
        server={server}
        name="Robin"
        token={token}
        style={{ display: "block", height: 400 }}
        onView={(view) => void view.join(passphrase).catch(({ message }: Error) => setSaid(message))}
        onPicture={() => setSaid("picture")}
      />
      <output id="said">{said}</output>
    </>
  );
}
