import { defineConfig } from 'vitest/config';

// Run by `npm run test:browser`; needs Debian's Chromium, or CHROMIUM naming another one.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
