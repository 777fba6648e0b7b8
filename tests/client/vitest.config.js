import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { environment: "happy-dom", include: ["suite/**/*.test.ts"], testTimeout: 60_000 },
});
