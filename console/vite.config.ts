import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** A running `nexus-gen dev`, for work on the console itself: `npm run dev`. */
const backend = process.env["NEXUS_DEV_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  base: "./",
  resolve: {
    alias: { "@client": new URL("../generated/client/src", import.meta.url).pathname },
    // The client's sources lie outside this folder; what they import is installed here.
    dedupe: ["react", "react-dom", "@tanstack/react-query", "ky"],
  },
  server: {
    // An origin of the spec's `cors_origins`: the backend refuses other pages and other hosts.
    host: "localhost",
    // Everything but the console's own sources is the backend's.
    proxy: { "^/(?!src/|node_modules/|@|\\?|$)": { target: backend, changeOrigin: true } },
  },
  build: { outDir: "dist", target: "es2022", reportCompressedSize: false },
  test: { include: ["src/**/*.test.ts"] },
});
