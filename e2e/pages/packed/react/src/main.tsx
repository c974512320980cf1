import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App, Desk } from "./App.tsx";

const root = document.querySelector("#root") as HTMLElement;
const given = new URLSearchParams(location.hash.slice(1));
const server = given.get("server") ?? "";
const token = given.get("token");
createRoot(root).render(
  <StrictMode>
    {token ? (
      <Desk server={server} token={token} passphrase={given.get("key") ?? ""} />
    ) : (
      <App server={server} />
    )}
  </StrictMode>,
);
