import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onefold-bench-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a generator as a person would, and returns what it wrote. */
function make(script: 'make-people' | 'make-events', options: Readonly<Record<string, number>>): string {
  const out = join(folder, 'out')
  const path = fileURLToPath(new URL(`../../bench/${script}.ts`, import.meta.url))
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  execFileSync(process.execPath, ['--import', 'tsx', path, ...flags, '--out', out], { stdio: 'pipe' })
  return readFileSync(out, 'utf8')
}

test('the people file has the asked number of rows, parses strictly and tells each entity', () => {
  const text = make('make-people', { records: 5_000, seed: 4 })
  const rows: Record<string, string>[] = parse(text, { columns: true })
  expect(rows).toHaveLength(5_000)
  expect(rows.map(({ id }) => Number(id))).toEqual(rows.map((_, index) => index + 1))
  const entities = new Set(rows.map(({ entity }) => entity))
  expect(entities.size).toBeGreaterThan(3_500)
  expect(entities.size).toBeLessThan(4_000)
  const emails = new Map<string, string>()
  for (const { email, entity } of rows)
    if (email) expect(emails.get(email) ?? entity).toBe((emails.set(email, entity ?? ''), entity))
  expect(make('make-people', { records: 5_000, seed: 4 })).toBe(text)
  expect(make('make-people', { records: 5_000, seed: 5 })).not.toBe(text)
})

test('the event file has the asked number of lines, each of the Segment shape and within 60 days', () => {
  const text = make('make-events', { events: 5_000, people: 300, seed: 4 })
  const events = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>)
  expect(events).toHaveLength(5_000)
  for (const { type, messageId, anonymousId, event, timestamp } of events) {
    expect(type === 'page' || (type === 'track' && event !== undefined)).toBe(true)
    expect(Boolean(messageId && anonymousId)).toBe(true)
    expect(Date.parse(timestamp ?? '')).toBeGreaterThan(Date.UTC(2026, 4, 1, 11, 59))
    expect(Date.parse(timestamp ?? '')).toBeLessThanOrEqual(Date.UTC(2026, 5, 30, 12))
  }
  const repeats = events.length - new Set(events.map(({ messageId }) => messageId)).size
  expect(repeats).toBeGreaterThan(20)
  expect(repeats).toBeLessThan(90)
  expect(new Set(text.trimEnd().split('\n')).size).toBe(events.length - repeats)
  expect(events.some(({ userId }) => userId !== undefined)).toBe(true)
  expect(make('make-events', { events: 5_000, people: 300, seed: 4 })).toBe(text)
})

test('a missing or broken option ends with usage and status 2', () => {
  expect(() => make('make-people', {})).toThrow(expect.objectContaining({ status: 2 }))
  expect(() => make('make-events', { events: 0, people: 3 })).toThrow(expect.objectContaining({ status: 2 }))
})
