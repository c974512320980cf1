import type { Held } from "../session/deskSessions.ts";
import type { Identity } from "../signIn/identity.ts";
import { InvitedCard } from "./InvitedCard.tsx";
import { JoinCard } from "./JoinCard.tsx";
import { MySessions } from "./MySessions.tsx";
import { PastSessions } from "./PastSessions.tsx";
import { Sessions } from "./Sessions.tsx";
import { StartCard } from "./StartCard.tsx";
import { WhoWaits } from "./WhoWaits.tsx";
import "./home.css";

interface HomeProps {
  /** The agent's. */
  token: string;
  /** How many digits a key has here. */
  digits: number;
  held: readonly Held[];
  onShow: (seat: string) => void;
  onJoin: (passphrase: string) => Promise<void>;
  onCreate: (locale: string) => Promise<void>;
  /** The key of a customer's session whose link led here. */
  passphrase: string;
  /** The key of an invitation whose link led here. */
  invitation: string;
  onInvited: (key: string) => Promise<void>;
  supervisor: Identity | undefined;
  onSupervise: (sessionId: string, silent: boolean) => Promise<void>;
  /** Whether the server lists who waits. */
  presence: boolean;
  onWaiting: (sessionId: string) => Promise<void>;
}

/** Where an agent stands between two customers. */
export function Home(props: HomeProps) {
  const { digits, held, onShow, onJoin, onCreate, onInvited, supervisor, onSupervise } = props;
  return (
    <main className="home">
      <div className="home-top">
        <JoinCard digits={digits} given={props.passphrase} onJoin={onJoin} />
        <StartCard onCreate={onCreate} />
      </div>
      <div className="home-below">
        <MySessions held={held} onShow={onShow} />
        {props.presence && <WhoWaits token={props.token} onJoin={props.onWaiting} />}
        <InvitedCard digits={digits} given={props.invitation} onInvited={onInvited} />
        {supervisor && <Sessions token={supervisor.token} onSupervise={onSupervise} />}
      </div>
      <PastSessions token={props.token} />
    </main>
  );
}
