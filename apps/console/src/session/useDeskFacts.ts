import type { IdentityAnswer } from "@copane/protocol";
import { useEffect, useState } from "react";
import { rest } from "../server.ts";

type DeskFacts = IdentityAnswer["desk"];

/** What holds until the server has said. */
const usual: DeskFacts = { keyDigits: 8, presence: false };

/** What the desk has to know of the server's settings. */
export function useDeskFacts(token: string | undefined): DeskFacts {
  const [facts, setFacts] = useState(usual);
  useEffect(() => {
    if (!token) return;
    let away = false;
    rest.identity(token).then(
      ({ desk }) => {
        if (!away) setFacts(desk);
      },
      // A refused token is told where it is used.
      () => {},
    );
    return () => {
      away = true;
    };
  }, [token]);
  return facts;
}
