import { describe, expect, test } from 'vitest'
import { AREAS, plant } from './plant.ts'
import { BANS } from './rules.ts'

/** Each rule's name, with breaches of it and what only looks like one. */
const WORDS: Readonly<Record<string, { readonly breaches: readonly string[]; readonly innocent: readonly string[] }>> =
  {
    environment: {
      breaches: [
        "process.env['HOME']",
        'process.env.HOME',
        'process . env',
        'process?.env',
        "process['env']",
        'const { env } = process',
        '`${process.env.HOME}`',
        'globalThis.process.env',
      ],
      innocent: ['// process.env', "'process.env'", 'environment.home'],
    },
    process: {
      breaches: ['process.pid', 'process.exit(1)', 'globalThis.Date', 'void process'],
      innocent: ['preprocess(row)', "'process'", 'this.process'],
    },
    clock: {
      breaches: [
        'Date.now()',
        'Date . now()',
        'new Date()',
        'new Date( /* now */ )',
        'new Date',
        'Date()',
        'map(Date.now)',
      ],
      innocent: [
        'new Date(text)',
        'new Date(\n  text)',
        'Date.parse(text)',
        'Date.UTC(2020)',
        'new DateRange()',
        'toDate()',
      ],
    },
    stopwatch: {
      breaches: ['performance.now()', 'setTimeout(later, 10)', 'setInterval(later, 10)'],
      innocent: ['row.performance', "'setTimeout'"],
    },
    chance: {
      breaches: ['Math.random()', 'crypto.randomUUID()', 'randomBytes(8)', 'randomFillSync(target)', 'randomInt(3)'],
      innocent: ['random.integer(1, 9)', 'context.random', '"Math.random()"'],
    },
    network: {
      breaches: ['await fetch(url)', 'new WebSocket(url)', 'crypto.subtle'],
      innocent: ['prefetch(url)', 'store.fetch(url)', 'fetchedAt'],
    },
    console: { breaches: ["console.log('a')"], innocent: ['consoleOf(row)', "'console'"] },
  }

describe('words', () => {
  test('every rule has its breaches here', () => {
    expect(Object.keys(WORDS).sort()).toEqual(BANS.map(({ name }) => name).sort())
  })

  describe.each(BANS)('$name: $because', ({ name, areas }) => {
    const { breaches, innocent } = WORDS[name]!

    test.each(breaches)('%s is found', (source) => {
      for (const area of areas) expect(plant(area, `${source}\n`), area).toContain(name)
    })

    test.each(innocent)('%s is not', (source) => {
      for (const area of areas) expect(plant(area, `${source}\n`), area).toEqual([])
    })

    test('others may', () => {
      for (const area of AREAS.filter((other) => !areas.includes(other))) {
        expect(plant(area, `${breaches[0]}\n`), area).not.toContain(name)
      }
    })
  })

  test('of the program only config reads the environment', () => {
    const readers = AREAS.filter((area) => !plant(area, "const home = process.env['HOME']\n").includes('environment'))
    expect(readers.sort()).toEqual(['bench', 'config', 'root', 'test'])
  })
})
