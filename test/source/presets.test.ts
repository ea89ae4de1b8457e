import { describe, expect, test } from 'vitest'
import { findPreset, PRESETS } from '../../src/source/find-preset.ts'
import { readAll, type ReadResult } from './support/read-all.ts'

const FIXTURES = new URL('../fixtures/sources/', import.meta.url)
const FILES: Readonly<Record<string, string>> = {
  'salesforce-contacts': 'salesforce-contacts.csv',
  'hubspot-contacts': 'hubspot-contacts.csv',
  'shopify-orders': 'shopify-orders.csv',
  'segment-events': 'segment-events.jsonl',
  'ga4-events': 'ga4-events.jsonl',
  'zendesk-tickets': 'zendesk-tickets.csv',
  'clearbit-append': 'clearbit-append.jsonl',
}

const readFixture = (name: string): Promise<ReadResult> => readAll(new URL(FILES[name]!, FIXTURES).pathname)

/** Values of a row by column, derived ones too. */
function valuesOf(name: string, result: ReadResult, index: number): Map<string, string | null> {
  const preset = PRESETS.find((candidate) => candidate.name === name)!
  const values = new Map(result.columns.map((column, at) => [column, result.rows[index]?.cells[at] ?? null]))
  const derived = preset.derive?.((column) => values.get(column) ?? null) ?? new Map()
  return new Map([...values, ...derived])
}

describe.each(PRESETS.map((preset) => preset.name))('the %s preset', (name) => {
  test('is found by the columns of such an export, however they are ordered', async () => {
    const { columns } = await readFixture(name)
    expect(findPreset(columns)?.preset.name).toBe(name)
    expect(findPreset([...columns].reverse())?.preset.name).toBe(name)
  })

  test('reads every row without a defect', async () => {
    const { rows } = await readFixture(name)
    expect(rows.length).toBeGreaterThanOrEqual(10)
    expect(rows.flatMap((row) => row.defects)).toEqual([])
  })

  test('finds a value for every field it maps', async () => {
    const result = await readFixture(name)
    const preset = PRESETS.find((candidate) => candidate.name === name)!
    const rows = result.rows.map((_, index) => valuesOf(name, result, index))
    for (const column of Object.keys(preset.columns)) {
      expect(
        rows.some((row) => (row.get(column) ?? '') !== ''),
        column,
      ).toBe(true)
    }
  })
})

test('columns of no known export find no preset', () => {
  expect(findPreset([])).toBeUndefined()
  expect(findPreset(['id', 'vorname', 'nachname'])).toBeUndefined()
  expect(findPreset(['__proto__', 'constructor'])).toBeUndefined()
})

test('a street over two lines stays one cell', async () => {
  const result = await readFixture('salesforce-contacts')
  expect(valuesOf('salesforce-contacts', result, 2).get('MailingStreet')).toBe('Lindenweg 3\nBack building')
})

test('an integer beyond 2^53 keeps its digits', async () => {
  const result = await readFixture('segment-events')
  expect(valuesOf('segment-events', result, 1).get('traits.company.employees')).toBe('9007199254740993')
})

test('microseconds become the instant they mean, and parameters columns', async () => {
  const values = valuesOf('ga4-events', await readFixture('ga4-events'), 0)
  expect(values.get('occurred_at')).toBe('2025-02-19T21:20:00.123Z')
  expect(values.get('page_location')).toBe('https://shop.example/c/0')
  expect(values.get('currency')).toBe('EUR')
})

test('damaged event parameters are no values and no errors', () => {
  const ga4 = PRESETS.find((preset) => preset.name === 'ga4-events')!
  for (const text of [null, '', '{', '[1,null,{"key":"campaign"},{"key":"campaign","value":null}]', '{"key":1}']) {
    expect(ga4.derive!(() => text).get('campaign')).toBeNull()
    expect(ga4.derive!(() => text).get('occurred_at')).toBeNull()
  }
})

describe('external ids of a Segment event [A3]', () => {
  const derive = (externalIds: unknown, externalId?: unknown): Record<string, string> => {
    const segment = PRESETS.find((preset) => preset.name === 'segment-events')!
    const lists = new Map([
      ['context.externalIds', externalIds],
      ['context.externalId', externalId],
    ])
    const spell = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
    const derived = segment.derive!((column) => spell(lists.get(column)) ?? null)
    return Object.fromEntries([...derived].filter((entry): entry is [string, string] => entry[1] !== null))
  }

  test('are told by kind of identifier, whatever a sender calls it and in either list', () => {
    const segment = [
      { id: 'mira@mailhaven.net', type: 'email', collection: 'users', encoding: 'none' },
      { id: '1201.1735', type: 'ga_client_id', collection: 'users', encoding: 'none' },
    ]
    const rudder = [
      { type: 'userId', id: 77 },
      { type: 'android.idfa', id: 'ad-1' },
      { type: 'GAID', id: 'ad-2' },
    ]
    expect(derive(segment, rudder)).toEqual({
      external_email: 'mira@mailhaven.net',
      external_anonymous_id: '1201.1735',
      external_user_id: '77',
      external_device_id: 'ad-1',
      external_device_id_2: 'ad-2',
    })
  })

  test('told twice are one value', () => {
    const id = { id: 'ad-1', type: 'idfa' }
    expect(derive([id], [id])).toEqual({ external_device_id: 'ad-1' })
  })

  test.each([
    ['of a type that is none of ours', { id: 'k-1', type: 'till_customer' }],
    ['to push to', { id: 'k-1', type: 'ios.push_token' }],
    ['of an account', { id: 'k-1', type: 'user_id', collection: 'accounts' }],
    ['told as a hash', { id: 'k-1', type: 'email', encoding: 'md5' }],
    ['with digits that are lost', '[{"id": 9007199254740993, "type": "user_id"}]'],
    ['without an id', { type: 'user_id', id: null }],
  ])('%s tell nothing', (_, id) => {
    expect(derive(typeof id === 'string' ? id : [id])).toEqual({})
  })

  test('that are no list are no values and no errors', () => {
    for (const text of ['{', '{"id":"k-1","type":"user_id"}', '[null, 1, "user_id", [], {"type": 3}]', 'k-1']) {
      expect(derive(text)).toEqual({})
    }
  })
})
