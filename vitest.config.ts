import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

// The same result anywhere: set before any worker starts, so that Date and Intl see it.
process.env['TZ'] = 'UTC';
process.env['LC_ALL'] = 'C.UTF-8';

interface Files {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Code without a process, a file or a window of its own. */
const PURE: Files = {
  include: ['test/unit/shared/**/*.test.{ts,tsx}', 'test/unit/renderer/**/*.test.{ts,tsx}'],
  exclude: ['test/unit/renderer/host/**'],
};
const REST: Files = {
  include: [
    'test/unit/!(shared|renderer)/**/*.test.{ts,tsx}',
    ...PURE.exclude.map((path) => `${path}/*.test.ts`),
    'test/conformance/**/*.test.{ts,tsx}',
  ],
  exclude: [],
};

const project = (name: string, isolate: boolean, { include, exclude }: Files): TestProjectInlineConfiguration => ({
  test: {
    name,
    include: [...include],
    exclude: [...exclude],
    isolate,
    environment: 'node',
    pool: 'forks', // better-sqlite3 and process crashes stay in a process of their own
    testTimeout: 30_000, // ms; two busy cores, real SQLite and real child processes
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
    sequence: { shuffle: false },
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    // Pure tests share two workers: starting a process for each of hundreds of files took longer than the tests.
    projects: [project('pure', false, PURE), project('rest', true, REST)],
  },
});
