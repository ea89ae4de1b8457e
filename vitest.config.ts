import { availableParallelism } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const BUILT = /^(src|jobs|bench|schema\/tables)\/.*\.ts$/

/**
 * Tests run the program as it ships: what they import of it is the compiled file, which `test/support/global-setup.ts`
 * has built, loaded by Node itself. So threads work as in production, and a fifth of the time is saved.
 */
export const compiledProgram: NonNullable<ViteUserConfig['plugins']>[number] = {
  name: 'compiled-program',
  enforce: 'pre',
  resolveId(id: string, importer: string | undefined) {
    if (importer === undefined || !id.startsWith('.')) return undefined
    const file = relative(import.meta.dirname, resolve(dirname(importer), id))
    if (!BUILT.test(file)) return undefined
    return { id: join(import.meta.dirname, 'dist', file.replace(/ts$/, 'js')), external: true }
  },
}

/** Files that take longest: begun last, one of them would keep a single core busy while the others are idle. */
const LONGEST = /test\/(golden|faults|cli)\//

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId }: TestSpecification): number => (LONGEST.test(moduleId) ? 0 : 1)
    return sorted.toSorted((left, right) => rank(left) - rank(right))
  }
}

export default defineConfig({
  plugins: [compiledProgram],
  test: {
    server: { deps: { external: [/\/dist\//] } },
    include: ['test/**/*.test.ts'],
    // Loading the modules anew for each file is a fifth of the whole; what a file leaves behind it cleans up itself.
    isolate: false,
    exclude: [...configDefaults.exclude, '**/*.long.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    sequence: { sequencer: LongestFirst },
    // One more than there are cores: many of these tests wait for servers and processes rather than compute.
    maxWorkers: availableParallelism() + 1,
    // For what hangs, not for what is slow: a machine may be several times slower than another.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
