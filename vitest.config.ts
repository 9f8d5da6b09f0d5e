import { defineConfig } from 'vitest/config';

/** One embedded PostgreSQL for all that need a database; unit tests need none and start at once. */
const withDatabase = { globalSetup: ['tests/support/database.ts'], testTimeout: 20_000, hookTimeout: 60_000 };

function testsIn(folder: string): string[] {
  return [`${folder}/**/*.test.{ts,tsx}`];
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: testsIn('src'), hookTimeout: 60_000 } },
      ...['integration', 'browser', 'scenarios'].map((name) =>
        ({ extends: true as const, test: { name, include: testsIn(`tests/${name}`), ...withDatabase } })),
    ],
  },
});
