import { describe, expect, test } from 'vitest'
import { plant } from './plant.ts'

describe('every way to name a module is seen', () => {
  test.each([
    "import { a } from '../store/a.ts'",
    "import {\n  a,\n  b as c,\n} from '../store/a.ts'",
    "import a, { type B } from '../store/a.ts'",
    "import { type A } from '../store/a.ts'",
    "import * as a from '../store/a.ts'",
    "import '../store/a.ts'",
    "export { a } from '../store/a.ts'",
    "export * from '../store/a.ts'",
    "export * as a from '../store/a.ts'",
    "import type { A } from '../store/a.ts'",
    "import type from '../store/a.ts'",
    "export type { A } from '../store/a.ts'",
    'import { a } from "../store/a.ts"',
    "const a = await import('../store/a.ts')",
    "const a = await import(\n  /* lazily */ '../store/a.ts')",
    'const a = await import(`../store/a.ts`)',
    'const a = await import(name)',
    "type A = import('../store/a.ts').A",
    "const a = `${await import('../store/a.ts')}`",
    "const a = require('../store/a.ts')",
    "const a = /['\"`]/; import { b } from '../store/a.ts'",
    "const a = 1 / 2; const c = '/'; import { b } from '../store/a.ts'",
    "const a = `${`${b}'`}`; import { c } from '../store/a.ts'",
  ])('%s', (source) => {
    expect(plant('record', `${source}\n`)).toEqual(['reach'])
  })

  test.each([
    "// import { a } from '../store/a.ts'",
    "/* import { a } from '../store/a.ts' */",
    'const a = "import { a } from \'../store/a.ts\'"',
    "const a = `import { a } from '../store/a.ts'`",
    "const a = /import '..\\/store'/",
    "import { a } from './store.ts'",
    "import { a } from '../quality/a.ts'",
    "export const a = 1\nconst from = '../store/a.ts'",
  ])('%s is none', (source) => {
    expect(plant('record', `${source}\n`)).toEqual([])
  })
})
