import { CopaneLauncher, CopaneProvider, useCopane, useCopaneEvent } from "@copane/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";

function Help() {
  const { state, key, agents } = useCopane();
  const [end, setEnd] = useState("");
  useCopaneEvent("end", ({ text }) => setEnd(text));
  return (
    <>
      <CopaneLauncher>Get help</CopaneLauncher>
      <output>{state}</output>
      {key && <p>Read out {key}</p>}
      {state === "active" && <p>With you: {agents.map(({ name }) => name).join(", ")}</p>}
      {state === "ended" && <p>{end}</p>}
    </>
  );
}

const root = document.querySelector("#root") as HTMLElement;
createRoot(root).render(
  <CopaneProvider server={root.dataset.copaneServer as string} privacy={{ mask: [".account-number"] }}>
    <p>
      Account <span className="account-number">4711 0815</span>
    </p>
    <Help />
  </CopaneProvider>,
);
