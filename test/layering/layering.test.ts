import { describe, expect, test } from 'vitest'
import { deriveArea, findViolations } from './find-violations.ts'
import { AREAS, PATHS, plant } from './plant.ts'
import { readTree } from './read-tree.ts'
import { type Area, HOMES, PURE, PURE_CRYPTO, REACH } from './rules.ts'

const tree = readTree()

function importOf(from: Area, to: Area, word = 'import'): string {
  const up = './' + '../'.repeat(PATHS[from].split('/').length - 1)
  return `${word} { planted } from '${up}${PATHS[to].replace('planted', 'another')}'\n`
}

test('the program keeps every rule', () => {
  expect(tree.size).toBeGreaterThan(100)
  expect(findViolations(tree).map(({ rule, place, because }) => `${place} [${rule}] ${because}`)).toEqual([])
})

test('a breach in the midst of the program is found, with its place', () => {
  const before = new Set(findViolations(tree).map(({ place }) => place))
  const planted = new Map(tree).set('src/record/planted.ts', "\nimport { sql } from 'drizzle-orm'\n")
  expect(findViolations(planted).filter(({ place }) => !before.has(place))).toEqual([
    { rule: 'pure', place: 'src/record/planted.ts:2', because: 'drizzle-orm is not known to be pure' },
  ])
})

describe('imports go one way', () => {
  test.each<[from: Area, to: Area]>([
    ['pipeline', 'jobs'],
    ['pipeline', 'cli'],
    ['pipeline', 'runtime'],
    ['pipeline', 'config'],
    ['pipeline', 'schema'],
    ['store', 'pipeline'],
    ['store', 'source'],
    ['store', 'config'],
    ['source', 'store'],
    ['source', 'pipeline'],
    ['matching', 'store'],
    ['record', 'pipeline'],
    ['record', 'source'],
    ['sample', 'sampleWriter'],
    ['schema', 'record'],
    ['schema', 'errors'],
    ['schema', 'store'],
    ['errors', 'record'],
    ['config', 'runtime'],
    ['config', 'store'],
    ['runtime', 'pipeline'],
    ['runtime', 'jobs'],
    ['jobs', 'cli'],
    ['jobs', 'source'],
    ['jobs', 'schema'],
    ['api', 'cli'],
    ['bench', 'test'],
    ['cli', 'test'],
    ['cli', 'bench'],
    ['store', 'test'],
  ])('%s does not import %s', (from, to) => {
    expect(plant(from, importOf(from, to))).toEqual(['reach'])
  })

  test('every pair of folders is allowed or found, as the table says', () => {
    for (const from of AREAS) {
      for (const to of AREAS) {
        if (from === to) continue
        const { values, types = [] } = REACH[from]
        const isAllowed = values.includes(to)
        expect(plant(from, importOf(from, to)), `${from} → ${to}`).toEqual(isAllowed ? [] : ['reach'])
        const isTypeAllowed = isAllowed || types.includes(to)
        expect(plant(from, importOf(from, to, 'import type')), `${from} → ${to}`).toEqual(
          isTypeAllowed ? [] : ['reach'],
        )
      }
    }
  })

  test('nobody imports tests, and only tests import benchmarks', () => {
    for (const area of AREAS) {
      if (area !== 'test') expect([...REACH[area].values, ...(REACH[area].types ?? [])]).not.toContain('test')
      if (area !== 'test') expect(REACH[area].values).not.toContain('bench')
    }
  })

  test('a folder that nobody gave a row is found', () => {
    expect(findViolations(new Map([['src/utils/planted.ts', '']]))).toMatchObject([{ rule: 'area' }])
    expect(findViolations(new Map([['src/planted.ts', '']]))).toMatchObject([{ rule: 'area' }])
    expect(plant('record', "import { x } from '../utils/x.ts'\n")).toEqual(['reach'])
    expect(deriveArea('src/sample/write-sample.ts')).toBe('sampleWriter')
  })
})

describe('pure code', () => {
  test.each([
    'drizzle-orm',
    'drizzle-orm/pg-core',
    'postgres',
    'bullmq',
    'ioredis',
    'pg',
    'node:fs',
    'node:fs/promises',
    'fs',
    'node:http',
    'node:https',
    'node:net',
    'node:process',
    'node:child_process',
    'node:worker_threads',
    'undici',
  ])('does not import %s, not even for its types', (specifier) => {
    for (const area of PURE) {
      expect(plant(area, `import { x } from '${specifier}'\n`), area).toEqual(['pure'])
      expect(plant(area, `import type { X } from '${specifier}'\n`), area).toEqual(['pure'])
    }
  })

  test('hashes in privacy and audit only', () => {
    for (const area of PURE) {
      const expected = PURE_CRYPTO.includes(area) ? [] : ['pure']
      expect(plant(area, "import { createHmac } from 'node:crypto'\n"), area).toEqual(expected)
    }
    expect(PURE_CRYPTO).toEqual(['privacy', 'audit'])
  })

  test('may use packages that are known to be pure, and their parts', () => {
    expect(plant('record', "import { parse } from 'libphonenumber-js/max'\n")).toEqual([])
    expect(plant('record', "import { parse } from 'libphonenumber-js-of-somebody-else'\n")).toEqual(['pure'])
  })

  test('the file that writes the sample is the only one of its folder that may write', () => {
    expect(plant('sampleWriter', "import { writeFile } from 'node:fs/promises'\n")).toEqual([])
    expect(plant('sample', "import { writeFile } from 'node:fs/promises'\n")).toEqual(['pure'])
  })
})

describe('packages that open the world', () => {
  test.each(HOMES)('$packages are imported in $areas', ({ packages, areas }) => {
    for (const specifier of packages) {
      for (const area of AREAS) {
        const isFree = areas.includes(area) || area === 'test' || area === 'bench'
        const isPure = (PURE as readonly Area[]).includes(area)
        const expected = isFree ? [] : [isPure ? 'pure' : 'home']
        expect(plant(area, `import { x } from '${specifier}'\n`), `${area}: ${specifier}`).toEqual(expected)
      }
    }
  })

  test('their types may be named outside pure code', () => {
    expect(plant('pipeline', "import type { JSONValue } from 'postgres'\n")).toEqual([])
    expect(plant('pipeline', "import { sql } from 'drizzle-orm'\n")).toEqual(['home'])
  })
})
