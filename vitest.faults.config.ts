import { defineConfig } from 'vitest/config'
import { compiledProgram } from './vitest.config.ts'

/** What takes minutes to play through: `npm run test:faults`. One file at a time, so that kills hit only their own. */
export default defineConfig({
  plugins: [compiledProgram],
  test: {
    server: { deps: { external: [/\/dist\//] } },
    include: ['test/**/*.long.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})
