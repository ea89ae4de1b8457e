import { createHash } from 'node:crypto'

import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'

import { generateSample } from '../../src/sample/generate-sample.ts'
import type { Sample } from '../../src/sample/generate-sample.ts'
import { csvRows, jsonLines } from './sample-tables.ts'
import type { ToldEvent } from './sample-tables.ts'

const sample = generateSample({ seed: 1 })
const hashes = (of: Sample): string[] =>
  of.files.map(({ name, content }) => `${name} ${createHash('sha256').update(content).digest('hex').slice(0, 16)}`)

describe('a sample is repeatable', () => {
  test('the same seed gives these bytes on every machine', () => {
    expect(hashes(sample)).toMatchInlineSnapshot(`
      [
        "crm-contacts.csv fa278441ca3d7e54",
        "shop-orders.csv 79124abb092aa5b6",
        "web-events.jsonl 762e851d7a6964b4",
        "third-party-append.csv 88e739bed3fbce20",
        "support-tickets.jsonl 5b62e740760a284b",
        "truth.csv 2c9b4bc3d1812520",
      ]
    `)
  })

  test('the same seed gives the same files again, and nothing depends on the clock', () => {
    expect(hashes(generateSample({ seed: 1, people: 800, asOf: new Date('2026-06-30T12:00:00Z') }))).toEqual(
      hashes(sample),
    )
  })

  test('another seed gives other files, all six of them', () => {
    const other = hashes(generateSample({ seed: 2 }))
    expect(other.filter((hash) => hashes(sample).includes(hash))).toEqual([])
  })

  test('another instant moves every date with it', () => {
    const later = generateSample({ seed: 1, people: 60, asOf: new Date('2027-01-15T00:00:00Z') })
    const times = (jsonLines(later, 'web-events.jsonl').objects as ToldEvent[]).map(({ timestamp }) =>
      Date.parse(timestamp),
    )
    expect(times.every((atMs) => atMs <= Date.parse('2027-01-15T00:00:00Z'))).toBe(true)
    expect(Math.max(...times)).toBeGreaterThan(Date.parse('2027-01-14T23:50:00Z'))
  })

  test('too few, too many or broken people are refused', () => {
    for (const people of [0, 39, 10_001, 50.5, Number.NaN]) {
      expect(() => generateSample({ seed: 1, people })).toThrow(expect.objectContaining({ code: 'sample.people' }))
    }
  })
})

describe('the promised sizes', () => {
  test('800 people leave about 2,000 records that describe a person and 20,000 events', () => {
    const { expected } = sample
    const { crm, shop, append, support, web } = expected
    const records = crm.rows + shop.orders + append.rows + support.tickets
    expect(expected.people).toBe(800)
    expect(records).toBeGreaterThan(1_800)
    expect(records).toBeLessThan(2_300)
    expect(web.events).toBeGreaterThan(19_500)
    expect(web.events).toBeLessThan(21_000)
    expect(shop.lines).toBeGreaterThan(1_800)
    expect(shop.lines).toBeLessThan(2_300)
  })
})

property.prop([fc.integer(), fc.integer({ min: 40, max: 120 })], { numRuns: 25 })(
  'for any seed and size the broken lines are exactly the announced ones and every key is unique',
  (seed, people) => {
    const some = generateSample({ seed, people })
    const rows = csvRows(some, 'crm-contacts.csv', true)
    expect(rows.filter((row) => row.length !== 14)).toHaveLength(some.expected.crm.ragged)
    expect(rows).toHaveLength(some.expected.crm.rows)
    expect(csvRows(some, 'shop-orders.csv')).toHaveLength(some.expected.shop.lines)
    expect(csvRows(some, 'third-party-append.csv')).toHaveLength(some.expected.append.rows)
    expect(jsonLines(some, 'web-events.jsonl').broken).toHaveLength(some.expected.web.malformed)
    expect(jsonLines(some, 'web-events.jsonl').others).toHaveLength(some.expected.web.notObjects)
    expect(new Set(some.truth.map(({ source, key }) => `${source} ${key}`)).size).toBe(some.truth.length)
    const persons = new Set(some.truth.map(({ person }) => person))
    expect(persons.size).toBe(people + some.expected.crm.junk)
  },
)
