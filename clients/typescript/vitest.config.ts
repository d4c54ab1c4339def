import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 20_000,
    // A server that is stopped writes what it has; on a busy machine that may take a while.
    hookTimeout: 60_000,
    // Live tests own a server process each; two at once would only make both slow.
    fileParallelism: false,
  },
});
