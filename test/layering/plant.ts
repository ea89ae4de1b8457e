import { findViolations } from './find-violations.ts'
import { type Area, PURE } from './rules.ts'

/** A path in each area; the file itself need not exist. */
export const PATHS: Readonly<Record<Area, string>> = {
  ...(Object.fromEntries(PURE.map((area) => [area, `src/${area}/planted.ts`])) as Record<
    (typeof PURE)[number],
    string
  >),
  errors: 'src/errors.ts',
  sampleWriter: 'src/sample/write-sample.ts',
  source: 'src/source/presets/planted.ts',
  store: 'src/store/run/planted.ts',
  pipeline: 'src/pipeline/derive/planted.ts',
  config: 'src/config/planted.ts',
  runtime: 'src/runtime/planted.ts',
  cli: 'src/cli/commands/planted.ts',
  api: 'src/api/planted.ts',
  jobs: 'jobs/planted.job.ts',
  schema: 'schema/tables/planted.ts',
  bench: 'bench/planted.ts',
  test: 'test/planted/planted.test.ts',
  root: 'planted.config.ts',
}
export const AREAS = Object.keys(PATHS) as Area[]

/** The rules that a file with this text breaks when it stands in the area. */
export function plant(area: Area, source: string): string[] {
  return findViolations(new Map([[PATHS[area], source]])).map(({ rule }) => rule)
}
