import "@mantine/core/styles.css";
import "./desk.css";
import { directionOf } from "@copane/ui";
import { DirectionProvider, MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { isBack, takeBack } from "./signIn/back.ts";
import { storeIdentity } from "./signIn/identity.ts";
import { language, speakFirst, text } from "./text.ts";
import { theme } from "./theme.ts";

/** What the company's sign-in led back with is stored; gives why it is nobody. */
async function signedInElsewhere(): Promise<string | undefined> {
  try {
    const identity = await takeBack();
    if (identity) storeIdentity(identity);
    return undefined;
  } catch {
    return text.signInRefused;
  }
}

await speakFirst();
const back = isBack();
const refused = back ? await signedInElsewhere() : undefined;
const place = document.getElementById("desk");
// The hidden frame in which a sign-in is renewed shows nothing.
if (place && !(back && window !== window.parent)) {
  createRoot(place).render(
    <StrictMode>
      <DirectionProvider initialDirection={directionOf(language)}>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <App refused={refused} />
        </MantineProvider>
      </DirectionProvider>
    </StrictMode>,
  );
}
