import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { explainRecords } from '../../src/pipeline/look/explain-records.ts'
import { describeModel } from '../../src/pipeline/model/describe-model.ts'
import { importModel } from '../../src/pipeline/model/import-model.ts'
import { planModel } from '../../src/pipeline/model/plan-model.ts'
import { revealModel, revealSettings } from '../../src/pipeline/model/reveal-model.ts'
import { revealRecords } from '../../src/pipeline/model/reveal-records.ts'
import { trainOnLedger } from '../../src/pipeline/model/train-on-ledger.ts'
import { inventPeople } from '../engine/invent-people.ts'
import { type Bench, expectVerified, openBench, profileSizes } from './people-fixture.ts'

const HEAD = 'key,first,last,born,mail,tel,street,zip,changed,gone'
const PEOPLE = [
  '1,Mira,Ostrander,1984-03-07,,,12 Bramble Close,KB13 9TB,2026-01-01,',
  '2,Mirra,Ostrander,1984-03-07,,,12 Bramble Close,KB13 9TB,2026-01-01,',
  '3,Bertram,Ostrander,1982-11-02,,,12 Bramble Close,KB13 9TB,2026-01-01,',
  '4,Oleg,Tamsin,1971-11-30,,+441514960182,4 Harbour Row,AX4 2DQ,2026-01-01,',
]

/** As Splink saves what somebody trained who calls columns by other names. */
function settings(...levels: readonly Record<string, unknown>[]): string {
  const exact = (column: string, m: number, u: number): object => ({
    output_column_name: column,
    comparison_levels: [
      { sql_condition: `"${column}_l" IS NULL OR "${column}_r" IS NULL`, is_null_level: true },
      { sql_condition: `"${column}_l" = "${column}_r"`, label_for_charts: 'Exact', m_probability: m, u_probability: u },
      ...(column === 'first_name' ? levels : []),
      { sql_condition: 'ELSE', label_for_charts: 'Other', m_probability: 1 - m, u_probability: 1 - u },
    ],
  })
  return JSON.stringify({
    link_type: 'dedupe_only',
    sql_dialect: 'duckdb',
    probability_two_random_records_match: 0.001,
    comparisons: [exact('first_name', 0.7, 0.01), exact('surname', 0.9, 0.01), exact('dob', 0.95, 0.001)],
  })
}
const SIMILAR = {
  sql_condition: 'jaro_winkler_similarity("first_name_l", "first_name_r") >= 0.92',
  label_for_charts: 'Similar',
  m_probability: 0.2,
  u_probability: 0.002,
  tf_adjustment_column: 'first_name',
}

let bench: Bench
beforeEach(async () => {
  bench = await openBench('splink')
})
afterEach(() => bench.close())

describe('settings of Splink', () => {
  test('are planned, judge the ledger, and explain each pair by their own levels [C10]', async () => {
    await bench.ingest('crm', [HEAD, ...PEOPLE].join('\n'))
    await bench.run()
    const imported = await importModel(bench.context, settings(SIMILAR), { match: 0.9, review: 0.4 })
    expect(imported).toEqual({ version: 1, isNew: true, adjustedLevels: 1 })
    const plan = await planModel(bench.context, 1)
    const { counts } = await bench.apply(1)
    expect(plan).toMatchObject({ to: 'model-1', isInForce: false, profilesAfter: 3 })
    expect(counts).toMatchObject({ compared: 4 })
    expect(await profileSizes(bench.context)).toEqual([2, 1, 1])
    const { explanation, isAsStored } = await explainRecords(bench.context, 'crm:1', 'crm:2')
    expect(isAsStored).toBe(true)
    expect(explanation).toMatchObject({ modelVersion: 'model-1', matchBits: expect.closeTo(Math.log2(9), 9) })
    expect(explanation.lines.map(({ comparison, label }) => `${comparison}: ${label}`)).toEqual([
      'first_name: Similar',
      'surname: Exact',
      'dob: Exact',
    ])
    const bits = Math.log2(0.001 / 0.999) + Math.log2(0.2 / 0.002) + Math.log2(0.9 / 0.01) + Math.log2(0.95 / 0.001)
    expect(explanation.totalBits).toBeCloseTo(bits, 9)
    await expectVerified(bench)
  })

  test('are shown, kept and given back as they came', async () => {
    await importModel(bench.context, settings(SIMILAR))
    const described = await describeModel(bench.context)
    expect(described).toMatchObject({ origin: 'imported', thresholds: { match: 0.95, review: 0.5 }, priorMatch: 0.001 })
    expect(described.comparisons[0]?.levels[1]).toMatchObject({ label: 'Similar', weightBits: Math.log2(100) })
    const given = await revealSettings(bench.context, 'spark', 1)
    expect(JSON.parse(given.settings)).toEqual(JSON.parse(settings(SIMILAR)))
    const kept = await revealModel(bench.context, 1)
    expect(await importModel(bench.context, kept)).toMatchObject({ isNew: false })
    expect(await importModel(bench.context, kept, { match: 0.99 })).toMatchObject({ version: 2 })
    expect(await describeModel(bench.context)).toMatchObject({ thresholds: { match: 0.99, review: 0.5 } })
    const crossed = importModel(bench.context, kept, { match: 0.4 })
    await expect(crossed).rejects.toMatchObject({ code: 'model.bad_thresholds' })
    const nonsense = importModel(bench.context, '{"comparisons":["x"]}')
    await expect(nonsense).rejects.toMatchObject({ code: 'model.bad_file' })
  })

  test.each([
    [{ ...SIMILAR, sql_condition: 'shoe_size_l = shoe_size_r' }, 'records have no columns shoe_size'],
    [
      { ...SIMILAR, sql_condition: 'soundex(first_name_l) = 1' },
      'comparisons.0.comparison_levels.2: the function soundex',
    ],
    [{ ...SIMILAR, m_probability: undefined }, 'comparisons.0.comparison_levels.2: it is not trained'],
  ])('that cannot be asked of records are refused with the place: %#', async (level, problem) => {
    await expect(importModel(bench.context, settings(level))).rejects.toMatchObject({
      code: 'model.unreadable',
      details: { problem: expect.stringContaining(problem) },
    })
  })
})

describe('a model of the ledger', () => {
  const { rows } = inventPeople(200, 5)
  const lines = rows.map(
    ([id, first, last, born, mail], at) =>
      `${id},${first},${last},${born},${mail},,${at % 40} Mill Lane,AX4 1AA,2026-01-01,`,
  )

  test('goes to Splink with the records it is for, and judges here by what it is there', async () => {
    await bench.ingest('crm', [HEAD, ...lines, `r0,,,,,,,,2026-02-01,true`].join('\n'))
    await bench.run()
    await trainOnLedger(bench.context)
    const { settings: exported, unsaid } = await revealSettings(bench.context, 'duckdb')
    expect(unsaid).toContain('given_name: nickname')
    expect(await importModel(bench.context, exported)).toEqual({ version: 2, isNew: true, adjustedLevels: 0 })
    await bench.apply(2)
    await expectVerified(bench)
    const { explanation } = await explainRecords(bench.context, 'crm:r2', 'crm:r3')
    expect(explanation.lines.map(({ comparison }) => comparison)).toContain('birth_date')

    let csv = ''
    const written = await revealRecords(bench.context, async (piece) => void (csv += piece))
    expect(written).toBe(rows.length - 1)
    const [head, first, ...others] = csv.split('\r\n')
    expect(head).toMatch(/^unique_id,source_dataset,given_name,family_name,birth_date,sex,email_1,/)
    expect(first).toMatch(/^rec_[0-9a-f-]{36},crm,[a-z]+,[a-z]+,\d{4}-\d\d-\d\d,,/)
    expect(others.at(-1)).toBe('')
    const noted = await bench.context.store.sql`SELECT action FROM onefold.audit_log WHERE action = 'ledger.revealed'`
    expect(noted).toHaveLength(1)
  })
})
