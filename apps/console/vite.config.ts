import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  // The desk may stand behind any path prefix.
  base: "./",
  plugins: [react()],
  resolve: { conditions: ["copane-source", "module", "browser"] },
  build: {
    target: "es2022",
    sourcemap: true,
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
  },
});
