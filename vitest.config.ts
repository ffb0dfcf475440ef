import { defineConfig } from 'vitest/config';

// The same result anywhere: set before any worker starts, so that Date and Intl see it.
process.env['TZ'] = 'UTC';
process.env['LC_ALL'] = 'C.UTF-8';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.{ts,tsx}', 'test/conformance/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'forks', // better-sqlite3 and process crashes stay in a process of their own
    maxWorkers: 2,
    testTimeout: 30_000, // ms; two busy cores, real SQLite and real child processes
    hookTimeout: 60_000,
    restoreMocks: true,
    sequence: { shuffle: false },
  },
});
