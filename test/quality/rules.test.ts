import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admit } from '../../src/quality/admit.ts'
import { assessRow } from '../../src/quality/assess-row.ts'
import { composeQualityReport } from '../../src/quality/compose-quality-report.ts'
import { deriveDefaultRules } from '../../src/quality/derive-default-rules.ts'
import type { Issue, Severity } from '../../src/quality/issue.ts'
import { matchesGlob } from '../../src/quality/matches-glob.ts'
import type { QualityRule } from '../../src/quality/quality-rule.ts'
import { compileMapping } from '../../src/record/compile-mapping.ts'
import type { Field } from '../../src/record/field.ts'
import type { SourceKind } from '../../src/record/mapping-plan.ts'
import { normalizeRow } from '../../src/record/normalize-row.ts'

function assess(
  kind: SourceKind,
  cells: Readonly<Record<string, string>>,
  rules: readonly QualityRule[] = deriveDefaultRules(kind),
): readonly string[] {
  const columns = Object.keys(cells)
  const mapping = Object.fromEntries(columns.map((column) => [column, column as Field]))
  const options = { region: 'DE', asOf: new Date('2026-11-22'), kind, dateOrder: 'dmy' } as const
  const row = normalizeRow(
    { rowNo: 0, line: 2, raw: new Uint8Array(), cells: Object.values(cells), defects: [] },
    compileMapping(columns, mapping, options),
  )
  const issues = assessRow(row, rules)
  return [...issues.map(({ code }) => code), admit(issues)]
}

describe('rules of a source that declares none', () => {
  it('hold a person whom nothing names', () => {
    expect(assess('people', { city: 'Berlin' })).toEqual(['record.empty', 'quarantined'])
    expect(assess('people', { given_name: 'Anna' })).toEqual(['accepted'])
    expect(assess('people', { loyalty_id: 'L-1' })).toEqual(['accepted'])
    expect(assess('people', { email: 'n/a' })).toEqual(['email.placeholder', 'record.empty', 'quarantined'])
  })

  const line = {
    customer_id: '17850',
    order_id: '536365',
    occurred_at: '2010-12-01',
    quantity: '3',
    unit_price: '1,10',
  }
  it('hold orders of nobody and refuse what is no purchase', () => {
    expect(assess('orders', line)).toEqual(['accepted'])
    expect(assess('orders', { ...line, customer_id: '' })).toEqual(['order.no_customer', 'quarantined'])
    expect(assess('orders', { ...line, order_id: 'C536365' })).toEqual(['order.cancelled', 'rejected'])
    expect(assess('orders', { ...line, order_id: 'CARD-1' })).toEqual(['accepted'])
    expect(assess('orders', { ...line, quantity: '-3' })).toEqual([
      ...['order.cancelled', 'order.quantity_not_positive', 'rejected'],
    ])
    expect(assess('orders', { ...line, unit_price: '0' })).toEqual(['order.price_not_positive', 'rejected'])
    expect(assess('orders', { ...line, occurred_at: '' })).toEqual([
      ...['occurred_at.missing', 'occurred_at.required', 'quarantined'],
    ])
  })

  it('hold events of nobody and flag kinds that are not declared', () => {
    const event = { anonymous_id: 'v-1', occurred_at: '2024-05-12', event_kind: 'page' }
    const rules = deriveDefaultRules('events', ['page', 'track'])
    expect(assess('events', event, rules)).toEqual(['accepted'])
    expect(assess('events', { ...event, event_kind: 'wink' }, rules)).toEqual(['event.unknown_kind', 'accepted'])
    const tracked = { ...event, event_kind: 'track' }
    expect(assess('events', { ...tracked, event_name: 'Waved' }, rules)).toEqual(['event.unknown_kind', 'accepted'])
    expect(assess('events', { ...event, event_kind: 'wink' })).toEqual(['accepted'])
    expect(assess('events', { ...event, anonymous_id: 'null' }, rules)).toEqual([
      ...['anonymous_id.placeholder', 'event.no_actor', 'quarantined'],
    ])
  })
})

describe('a declared rule', () => {
  const severity = 'quarantine'
  const check = (rule: QualityRule, cells: Record<string, string>) =>
    assess('orders', { occurred_at: '2024-05-12', ...cells }, [rule]).includes('quarantined')

  it.each([
    [{ rule: 'required', field: 'email', severity }, { email: 'anna@beispiel.de' }, { email: 'nobody' }],
    [{ rule: 'valid', field: 'email', severity }, { phone: 'x' }, { email: 'nobody' }],
    [{ rule: 'valid', field: 'quantity', severity }, { quantity: '3' }, { quantity: 'three' }],
    [
      { rule: 'accepted_values', field: 'country', values: ['DE', 'AT'], severity },
      { country: 'Austria' },
      { country: 'FR' },
    ],
    [{ rule: 'range', field: 'quantity', min: 1, max: 10, severity }, { quantity: '10' }, { quantity: '11' }],
    [{ rule: 'range', field: 'occurred_at', max: '2024-05-12', severity }, {}, { occurred_at: '2024-05-13' }],
    [
      { rule: 'range', field: 'birth_date', min: '1950-01-01', severity },
      { birth_date: '1950-01-01' },
      { birth_date: '1949-12-31' },
    ],
    [{ rule: 'length', field: 'postcode', min: 5, max: 5, severity }, { postcode: '10115' }, { postcode: '1011' }],
    [{ rule: 'matches', field: 'order_id', pattern: 'A?-*', severity }, { order_id: 'AB-1' }, { order_id: 'AB1' }],
  ] as const)('%j passes and fails as it says', (rule, good, bad) => {
    expect(check(rule as QualityRule, good)).toBe(false)
    expect(check(rule as QualityRule, bad)).toBe(true)
  })

  it('other than required says nothing about what is missing', () => {
    expect(check({ rule: 'length', field: 'postcode', min: 5, severity }, {})).toBe(false)
    expect(check({ rule: 'accepted_values', field: 'country', values: [], severity }, {})).toBe(false)
    expect(check({ rule: 'order.price_not_positive', severity }, {})).toBe(false)
  })

  it('about repeats asks whoever remembers the delivery', () => {
    const person = { emails: ['anna@beispiel.de'], phones: [], identifiers: [], display: {} }
    const rules: QualityRule[] = [{ rule: 'unique_in_delivery', field: 'email', severity: 'warn' }]
    const seen = new Set<string>()
    const seenBefore = (code: string, value: string) => {
      const key = `${code} ${value}`
      const before = seen.has(key)
      seen.add(key)
      return before
    }
    expect(assessRow({ person, issues: [] }, rules, seenBefore)).toEqual([])
    expect(assessRow({ person, issues: [] }, rules, seenBefore)).toEqual([
      { code: 'email.unique_in_delivery', field: 'email', severity: 'warn' },
    ])
    expect(assessRow({ person, issues: [] }, rules)).toEqual([])
  })

  it('with a pattern agrees with the regular expression it stands for, and stays quick', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 })
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 6 })
    fc.assert(
      fc.property(letters, patterns, (text, pattern) => {
        const expression = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')
        expect(matchesGlob(text, pattern)).toBe(new RegExp(`^${expression}$`).test(text))
      }),
      { numRuns: 5_000 },
    )
    expect(matchesGlob('a'.repeat(2_000), `${'*a'.repeat(50)}b`)).toBe(false)
  })
})

describe('admission', () => {
  const severities = fc.constantFrom<Severity>('info', 'warn', 'quarantine', 'reject')
  it('follows the worst issue, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(severities), (list) => {
        const issues = list.map((severity): Issue => ({ code: 'x.y', severity }))
        const worst = list.includes('reject') ? 'rejected' : list.includes('quarantine') ? 'quarantined' : 'accepted'
        expect(admit(issues)).toBe(worst)
        expect(admit(issues.toReversed())).toBe(worst)
      }),
    )
  })
})

describe('a quality report', () => {
  const rules: readonly QualityRule[] = [
    { rule: 'required', field: 'email', severity: 'quarantine', threshold: 0.1 },
    { rule: 'valid', field: 'phone', severity: 'warn', threshold: 0.1 },
    { rule: 'record.empty', severity: 'quarantine' },
  ]

  it('passes within the threshold, fails beyond it, and only warns for remarks and without one', () => {
    const at = (email: number, phone: number, empty: number) => {
      const tally = new Map([
        ['email.required', email],
        ['phone.valid', phone],
        ['record.empty', empty],
        ['sex.invalid', 3],
      ])
      return composeQualityReport(tally, rules, 100)
    }
    expect(at(10, 10, 0).rules.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass'])
    expect(at(11, 11, 1).rules.map(({ status }) => status)).toEqual(['fail', 'warn', 'warn'])
    expect([at(10, 10, 0).status, at(10, 10, 1).status, at(11, 0, 0).status]).toEqual(['pass', 'warn', 'fail'])
    expect(at(11, 0, 0).rules[0]).toEqual({
      ...{ code: 'email.required', severity: 'quarantine', checked: 100, failed: 11, share: 0.11 },
      ...{ threshold: 0.1, status: 'fail' },
    })
    expect(at(0, 0, 0).findings).toEqual([{ code: 'sex.invalid', rows: 3, share: 0.03 }])
  })

  it('of no rows passes', () => {
    expect(composeQualityReport(new Map(), rules, 0).status).toBe('pass')
  })
})
