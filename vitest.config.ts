import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

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
  test: {
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
