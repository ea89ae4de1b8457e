import { describe, expect, test } from 'vitest'
import { recognizeColumns } from '../../src/source/recognize-columns.ts'
import { recognizeKind } from '../../src/source/recognize-kind.ts'
import { readAll } from './support/read-all.ts'

const fieldOf = (column: string, values: readonly string[] = []) =>
  recognizeColumns(
    [column],
    values.map((value) => [value]),
  )[0]!

describe('columns', () => {
  test.each([
    ['E-Mail', 'email'],
    ['emailAddress', 'email'],
    ['EMAIL_ADDRESS', 'email'],
    ['correo electrónico', 'email'],
    ['Vorname', 'given_name'],
    ['prénom', 'given_name'],
    ['apellidos', 'family_name'],
    ['Geburtsdatum', 'birth_date'],
    ['date_of_birth', 'birth_date'],
    ['PLZ', 'postcode'],
    ['code postal', 'postcode'],
    ['Straße', 'street'],
    ['context.page.url', 'url'],
    ['billing.address.city', 'city'],
    ['Kundennummer', 'customer_id'],
  ])('%s is %s by name', (column, field) => {
    expect(fieldOf(column)).toMatchObject({ field, confidence: 0.8 })
  })

  test('values that agree raise the confidence, values that do not lower it', () => {
    expect(fieldOf('mail', ['a@example.com', 'b@example.org', 'c@example.net']).confidence).toBe(0.95)
    expect(fieldOf('mail', ['yes', 'no', 'perhaps']).confidence).toBe(0.3)
  })

  test.each([
    [['a@example.com', 'b@example.org'], 'email'],
    [['+49 30 1234567', '030 / 765 43 21'], 'phone'],
    [['1980-01-02', '03.04.1975'], 'birth_date'],
    [['2024-05-01T10:00:00Z', '2024-05-01 11:30'], 'occurred_at'],
    [['https://example.com/a', 'http://example.org'], 'url'],
    [['EUR', 'USD', 'CHF'], 'currency'],
    [['DE', 'FR', 'AT'], 'country'],
    [['f', 'm', 'f'], 'sex'],
    [['10115', '50667'], 'postcode'],
    [Array.from({ length: 12 }, (_, index) => `K-${index}`), 'record_key'],
  ])('an unknown name with values like %j is %s', (values, field) => {
    const guess = fieldOf('spalte q', values)
    expect(guess.field).toBe(field)
    expect(guess.confidence).toBeGreaterThan(0)
    expect(guess.confidence).toBeLessThanOrEqual(0.75)
  })

  test('neither name nor values known is no guess; odd names are ordinary', () => {
    for (const name of ['zzz', '', '__proto__', 'constructor', 'toString']) {
      expect(fieldOf(name, ['alpha beta', 'gamma'])).toMatchObject({ field: undefined, confidence: 0 })
    }
  })

  test('no sentence holds a value', () => {
    const value = 'secret.person@example.com'
    for (const name of ['zzz', 'mail', 'phone']) expect(fieldOf(name, [value, value]).because).not.toContain('secret')
  })
})

test.each([
  ['salesforce-contacts.csv', 'people'],
  ['hubspot-contacts.csv', 'people'],
  ['shopify-orders.csv', 'orders'],
  ['segment-events.jsonl', 'events'],
  ['ga4-events.jsonl', 'events'],
  ['clearbit-append.jsonl', 'people'],
])('%s tells of %s', async (file, kind) => {
  const { columns, rows } = await readAll(new URL(`../fixtures/sources/${file}`, import.meta.url).pathname)
  expect(
    recognizeKind(
      recognizeColumns(
        columns,
        rows.map((row) => row.cells),
      ),
    ).kind,
  ).toBe(kind)
})

test.each([
  ['event_time,event_type,product_id,category_code,price,user_id', 'events'],
  ['timestamp,visitorid,event,itemid,transactionid', 'events'],
  ['date,customer_id,type,product,quantity,price', 'orders'],
  ['date,customer_id,type,order_id,price', 'orders'],
])('a file of %s tells of %s', (columns, kind) => {
  expect(recognizeKind(recognizeColumns(columns.split(','), [])).kind).toBe(kind)
})

test('nothing recognised is people with little confidence', () => {
  expect(recognizeKind([])).toEqual({ kind: 'people', confidence: 0.3 })
})
