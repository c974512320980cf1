import { renderToString } from "react-dom/server";
import { App, Desk } from "./App.tsx";

/** What a server that renders pages sends. */
export const rendered = [
  renderToString(<App server="https://help.example.com" />),
  renderToString(<Desk server="https://help.example.com" token="t" passphrase="1" />),
];
