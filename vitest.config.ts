import { defineConfig } from 'vitest/config';

/** Their tests share processes, which spares reading all of Forge anew for each file: nothing of theirs outlives a test. */
const TOGETHER = [
  ...[
    'checks',
    'commands',
    'config',
    'contracts',
    'db',
    'domain',
    'engine-invariants',
    'github',
    'jobs',
    'metrics',
  ],
  ...['platforms', 'replay', 'slack', 'source-control', 'strategies', 'use-cases', 'views', 'web'],
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    // Most of them wait for processes and timers most of the time: more of them than cores.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/domain/**/*.ts'],
      thresholds: { lines: 100, functions: 100, branches: 100, statements: 100 },
    },
    projects: [
      { extends: true, test: { name: 'together', include: TOGETHER, isolate: false } },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['test/**/*.test.ts'],
          exclude: [...TOGETHER, 'test/browser/**', 'test/chaos/**'],
        },
      },
    ],
  },
});
