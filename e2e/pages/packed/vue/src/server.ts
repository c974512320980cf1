import { copanePlugin } from "@copane/vue";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { App, Desk } from "./App.ts";

/** What a server that renders pages sends. */
const server = "https://help.example.com";
export const rendered = [
  await renderToString(createSSRApp(App).use(copanePlugin, { server })),
  await renderToString(createSSRApp(Desk, { server, token: "t", passphrase: "1" })),
];
