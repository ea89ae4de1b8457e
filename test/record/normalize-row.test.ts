import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMapping } from '../../src/record/compile-mapping.ts'
import { FIELDS } from '../../src/record/field.ts'
import { normalizeRow } from '../../src/record/normalize-row.ts'
import type { RowDefect } from '../../src/record/parsed-row.ts'
import { codesOf, normalizeCells, PEOPLE, rowOf } from './normalize-cells.ts'

describe('a row about a person', () => {
  it('is told in one spelling, with the source’s own kept for display', () => {
    const row = normalizeCells({
      record_key: ' 7 ',
      updated_at: '2026-01-02 03:04:05',
      given_name: 'Łucja ',
      middle_name: 'Anna',
      family_name: 'O’Brien',
      birth_date: '13.05.1980',
      sex: 'w',
      email: 'Lucja@Beispiel.DE',
      phone: '030 901820',
      street: 'Hauptstr. 12a',
      city: 'Köln',
      postcode: 'D-50667',
      country: 'Deutschland',
      organisation: 'Beispiel GmbH',
      job_title: 'Leiterin',
      customer_id: 'K-17',
    })
    expect(row).toEqual({
      recordKey: '7',
      updatedAt: new Date('2026-01-02T03:04:05Z'),
      person: {
        given: ['lucja', 'anna'],
        family: ['o', 'brien'],
        birthDate: { year: 1980, month: 5, day: 13 },
        sex: 'f',
        emails: ['lucja@beispiel.de'],
        phones: ['+4930901820'],
        address: { street: 'hauptstrasse', houseNumber: '12a', city: 'koln', postcode: '50667', country: 'DE' },
        organisation: 'beispiel',
        identifiers: [
          { kind: 'customer_id', value: 'K-17' },
          { kind: 'email', value: 'lucja@beispiel.de' },
          { kind: 'phone', value: '+4930901820' },
        ],
        display: {
          given_name: 'Łucja',
          middle_name: 'Anna',
          family_name: 'O’Brien',
          street: 'Hauptstr. 12a',
          city: 'Köln',
          postcode: 'D-50667',
          country: 'Deutschland',
          organisation: 'Beispiel GmbH',
          job_title: 'Leiterin',
        },
      },
      issues: [],
    })
  })

  it('dials its telephone numbers in the country that its own column or its whole address names', () => {
    const phone = '020 7946 0018'
    expect(normalizeCells({ phone, country: 'GB' }).person.phones).toEqual(['+442079460018'])
    expect(normalizeCells({ phone, address: '12 High Street, Leeds LS1 4AB, United Kingdom' }).person.phones).toEqual([
      '+442079460018',
    ])
    expect(normalizeCells({ phone, address: '12 High Street, Leeds LS1 4AB' }).person.phones).not.toEqual([
      '+442079460018',
    ])
  })

  it('has every e-mail and telephone once, sorted, from several columns and several in a cell', () => {
    const { person, issues } = normalizeCells({
      email: 'B@beispiel.de; a@beispiel.de, b@beispiel.de',
      'email#2': '"Beispiel, Anna" <c@beispiel.de> | a@beispiel.de',
      phone: '030 901821 | 030 901820',
      'phone#2': '+49 30 901820',
    })
    expect(person.emails).toEqual(['a@beispiel.de', 'b@beispiel.de', 'c@beispiel.de'])
    expect(person.phones).toEqual(['+4930901820', '+4930901821'])
    expect(issues).toEqual([])
  })

  it('with placeholders is linked to nobody by them, and says where they were', () => {
    const row = normalizeCells({
      given_name: 'Unknown',
      email: 'test@test.com',
      phone: '000000',
      user_id: 'null',
      device_id: '00000000-0000-0000-0000-000000000000',
      birth_date: '1900-01-01',
      city: 'n/a',
    })
    expect(row.person).toEqual({ emails: [], phones: [], identifiers: [], display: {} })
    expect(codesOf(row)).toEqual([
      ...['given_name.placeholder', 'email.placeholder', 'phone.placeholder', 'user_id.placeholder'],
      ...['device_id.placeholder', 'birth_date.default', 'city.placeholder'],
    ])
    expect(row.issues.every(({ severity }) => severity === 'info')).toBe(true)
    expect(row.issues[1]).toEqual({ code: 'email.placeholder', field: 'email', column: 'email', severity: 'info' })
  })

  it('may use reserved addresses where a demo says so, but no other placeholder', () => {
    const { person } = normalizeCells(
      { email: 'anna@example.com; noreply@beispiel.de', phone: '+1 212 555 0123; 000000' },
      { reservedValues: 'keep' },
    )
    expect(person.emails).toEqual(['anna@example.com'])
    expect(person.phones).toEqual(['+12125550123'])
  })

  it('keeps what is wrong out, one issue a cell, and what is missing silent', () => {
    const row = normalizeCells({
      email: 'anna(at)beispiel.de',
      phone: '12',
      birth_date: '31.02.1980',
      country: 'Atlantis',
      sex: 'blue',
      city: ' ',
      given_name: null,
      updated_at: 'soon',
    })
    expect(codesOf(row).sort()).toEqual([
      ...[
        'birth_date.invalid',
        'country.invalid',
        'email.invalid',
        'phone.invalid',
        'sex.invalid',
        'updated_at.invalid',
      ],
    ])
    expect(row.person.birthDate).toBeUndefined()
    expect(row.issues.every(({ severity, column }) => severity === 'warn' && column !== undefined)).toBe(true)
  })

  it('takes missing parts of the name from the full name only', () => {
    expect(normalizeCells({ full_name: 'Beispiel, Dr. Anna' }).person).toMatchObject({
      given: ['anna'],
      family: ['beispiel'],
      display: { full_name: 'Beispiel, Dr. Anna', given_name: 'Anna', family_name: 'Beispiel' },
    })
    expect(normalizeCells({ full_name: 'Anna Beispiel', given_name: 'Annabella' }).person).toMatchObject({
      given: ['annabella'],
      family: ['beispiel'],
    })
  })

  it('that the reader could not decode is quarantined unread', () => {
    const plan = compileMapping(['email'], { email: 'email' }, PEOPLE)
    const defect: RowDefect = { code: 'row.unclosed_quote', fatal: true, detail: '' }
    const row = normalizeRow(rowOf(['anna@beispiel.de'], [defect]), plan)
    expect(row.person.emails).toEqual([])
    expect(row.issues).toEqual([{ code: 'row.unclosed_quote', severity: 'quarantine' }])
  })

  it('is storable: no NUL and no half of a surrogate pair reaches the display', () => {
    const { display } = normalizeCells({
      given_name: 'An\u0000na',
      city: 'K\uD800öln',
      street: '\u200B\u202AWeg\u202C',
    }).person
    expect(display).toEqual({ given_name: 'Anna', city: 'K\uFFFDöln', street: 'Weg' })
  })

  it('with several key columns has one key, unlike any other pair of parts', () => {
    const left = normalizeCells({ record_key: 'a|b', 'record_key#2': 'c' }).recordKey
    expect(left).toBe('a\\|b|c')
    expect(normalizeCells({ record_key: 'a', 'record_key#2': 'b|c' }).recordKey).not.toBe(left)
  })
})

describe('a row about something that happened', () => {
  it('as an order line is worth quantity times price', () => {
    const row = normalizeCells(
      {
        customer_id: '17850.0',
        order_id: '536365',
        occurred_at: '1.12.2010 8:26',
        quantity: '3',
        unit_price: '1,10',
        currency: '€',
      },
      { kind: 'orders' },
    )
    expect(row.event).toEqual({
      kind: 'order_line',
      occurredAt: new Date('2010-12-01T08:26:00Z'),
      orderId: '536365',
      quantity: 3,
      unitPrice: 1.1,
      amount: 3.3,
      currency: 'EUR',
    })
    expect(row.person.identifiers).toEqual([{ kind: 'customer_id', value: '17850' }])
    expect(codesOf(row)).toEqual(['occurred_at.ambiguous'])
  })

  it.each([
    [{ event_kind: 'Identify' }, 'identify', undefined],
    [{ event_kind: 'Ticket Opened', event_name: 'Broken' }, 'ticket_opened', 'Broken'],
    [{ event_name: 'page', url: 'https://beispiel.de/a?utm_campaign=may' }, 'page', 'page'],
    [{ event_name: 'Product Viewed' }, 'track', 'Product Viewed'],
    [{ url: 'https://beispiel.de/a/b?x=1' }, 'page', '/a/b'],
    [{}, 'track', undefined],
  ])('%j is of kind %s', (cells, kind, name) => {
    const row = normalizeCells(
      { anonymous_id: 'v-1', occurred_at: '2024-05-12T10:15:00Z', ...cells },
      { kind: 'events' },
    )
    expect(row.event?.kind).toBe(kind)
    expect(row.event?.name).toBe(name)
  })

  it('takes its campaign from the address when it has none of its own', () => {
    const read = (cells: Record<string, string>) =>
      normalizeCells({ occurred_at: '2024-05-12', ...cells }, { kind: 'events' }).event?.campaign
    expect(read({ url: '/a?x=1&utm_campaign=May%20Sale' })).toBe('May Sale')
    expect(read({ url: '/a?utm_campaign=may', campaign: 'june' })).toBe('june')
    expect(read({ url: '/a?not_utm_campaign=may' })).toBeUndefined()
  })

  it('without a readable time waits for a person', () => {
    const missing = normalizeCells({ user_id: 'u-1' }, { kind: 'events' })
    const invalid = normalizeCells({ user_id: 'u-1', occurred_at: '2024-05-12T24:00' }, { kind: 'orders' })
    expect(missing.event).toBeUndefined()
    expect(missing.issues).toEqual([{ code: 'occurred_at.missing', field: 'occurred_at', severity: 'quarantine' }])
    expect(invalid.issues).toMatchObject([{ code: 'occurred_at.invalid', severity: 'quarantine' }])
  })
})

describe('a mapping', () => {
  it('says which columns are absent and which nobody claims, and is not fooled by inherited names', () => {
    const plan = compileMapping(['mail', '__proto__', 'constructor'], { mail: 'email', tel: 'phone' }, PEOPLE)
    expect(plan.absent).toEqual(['tel'])
    expect(plan.unmapped).toEqual(['__proto__', 'constructor'])
  })

  const root = process.env['ONEFOLD_DATA'] ?? new URL('../../../shared/data', import.meta.url).pathname
  const file = `${root}/bad-input/blns/blns.json`
  const naughty: readonly string[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  const plans = (['people', 'orders', 'events'] as const).map((kind) =>
    compileMapping([...FIELDS], Object.fromEntries(FIELDS.map((field) => [field, field])), {
      ...PEOPLE,
      kind,
      cacheLimit: 8,
    }),
  )

  it('normalizes any row without a crash, the same with a warm memory and a cold one', () => {
    const cell = fc.option(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('', 'Anna', ...naughty)),
    )
    fc.assert(
      fc.property(fc.array(cell, { maxLength: FIELDS.length }), fc.constantFrom(...plans), (cells, plan) => {
        const once = normalizeRow(rowOf(cells), plan)
        expect(normalizeRow(rowOf(cells), plan)).toEqual(once)
        for (const { code, severity } of once.issues) expect(`${code} ${severity}`).toMatch(/^[a-z_]+\.[a-z_]+ [a-z]+$/)
      }),
      { numRuns: 500 },
    )
  })

  it.skipIf(naughty.length === 0)('normalizes each naughty string in each field', () => {
    for (const text of naughty) {
      for (const plan of plans) expect(normalizeRow(rowOf(FIELDS.map(() => text)), plan).issues).toBeDefined()
    }
  })
})
