import { readFileSync } from "node:fs";

import { defineConfig } from "vitest/config";

const { apiUrl } = JSON.parse(readFileSync("live.json", "utf8"));

export default defineConfig({
  test: {
    environment: "happy-dom",
    // A page of the API's own origin: what browsers ask of others is tested in a browser.
    environmentOptions: { happyDOM: { url: new URL(apiUrl).origin } },
    include: ["live/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
