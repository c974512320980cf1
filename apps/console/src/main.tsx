import "@mantine/core/styles.css";
import "./desk.css";
import { MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { language } from "./text.ts";
import { theme } from "./theme.ts";

const place = document.getElementById("desk");
if (place) {
  document.documentElement.lang = language;
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <App />
      </MantineProvider>
    </StrictMode>,
  );
}
