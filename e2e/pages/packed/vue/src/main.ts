import { copanePlugin } from "@copane/vue";
import { createApp } from "vue";
import { App, Desk } from "./App.ts";

const given = new URLSearchParams(location.hash.slice(1));
const server = given.get("server") ?? "";
const token = given.get("token");
if (token) createApp(Desk, { server, token, passphrase: given.get("key") ?? "" }).mount("#root");
else
  createApp(App)
    .use(copanePlugin, {
      server,
      name: "Ada",
      privacy: { mask: [".secret"] },
      confirmControl: async ({ level }) => level === "scroll",
    })
    .mount("#root");
