import { defineConfig } from '@playwright/test';

/** Journeys in the real application: one after the other, because each opens windows and a relay of its own. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  forbidOnly: true,
  reporter: 'list',
  outputDir: 'out/journeys',
});
