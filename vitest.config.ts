import { defineConfig } from 'vitest/config';

const FOLDERS = ['shared', 'relay', 'electron', 'renderer', 'scripts', 'resources', 'e2e', 'adversary'];

/** One project for each folder that has unit or integration tests, all in plain Node. */
export default defineConfig({
  test: {
    projects: FOLDERS.map((folder) => ({
      test: { name: folder, environment: 'node', include: [`${folder}/**/*.test.{ts,tsx}`], testTimeout: 30_000 },
    })),
  },
});
