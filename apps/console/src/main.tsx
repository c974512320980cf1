import "@mantine/core/styles.css";
import "./desk.css";
import { directionOf } from "@copane/ui";
import { DirectionProvider, MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { language, speakFirst } from "./text.ts";
import { theme } from "./theme.ts";

const place = document.getElementById("desk");
if (place) {
  await speakFirst();
  createRoot(place).render(
    <StrictMode>
      <DirectionProvider initialDirection={directionOf(language)}>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <App />
        </MantineProvider>
      </DirectionProvider>
    </StrictMode>,
  );
}
