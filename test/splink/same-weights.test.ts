import { describe, expect, test } from 'vitest'
import { openRecordTable, RECORD_COLUMNS, spellRecord } from '../../src/engine/open-record-table.ts'
import { trainOnRecords } from '../../src/engine/train-on-records.ts'
import { scorePair } from '../../src/matching/score-pair.ts'
import { resolveRecordColumn } from '../../src/pipeline/model/resolve-record-column.ts'
import { composeSettings } from '../../src/splink/compose-settings.ts'
import { openSplinkScorer, type SplinkScorer } from '../../src/splink/open-splink-scorer.ts'
import { readSplinkSettings, type SplinkModel } from '../../src/splink/splink-model.ts'
import { FIXTURES, openPeople, readFixture, readTable } from './open-people.ts'

const people = openPeople()

function openScorer(file: string): SplinkScorer {
  const model = readSplinkSettings(JSON.parse(readFixture(file)), { match: 0.95, review: 0.5 }) as SplinkModel
  return openSplinkScorer(model, 'splink', resolveRecordColumn) as SplinkScorer
}

function trainModel() {
  const builder = openRecordTable()
  for (const record of people.values()) builder.add(record)
  return trainOnRecords(builder.finish()).model
}

/** `make.py` has Splink 5 score pairs by the same settings; its weights are in the files beside them. */
describe.each(['exported', 'chosen'])('by settings that were %s', (name) => {
  test('every pair weighs what Splink says that it weighs, to a millionth of a bit [C10]', () => {
    const scorer = openScorer(`${name}.json`)
    const pairs = readTable(`${name}-pairs.csv`)
    expect(pairs.length).toBeGreaterThan(1_000)
    const told = new Set<string>()
    for (const { id_l = '', id_r = '', match_weight = '' } of pairs) {
      const levels = scorer.compare(people.get(id_l)!, people.get(id_r)!)
      const { oddsBits, parts } = scorePair(levels, scorer.model)
      for (const { comparison, label } of parts) told.add(`${comparison}: ${label}`)
      expect(Math.abs(oddsBits - Number(match_weight)), `${id_l} ${id_r}`).toBeLessThan(1e-6)
    }
    expect(told.size).toBeGreaterThan(20)
  })
})

test('a trained model is exported as the settings that Splink has scored by, over the records that it was given', async () => {
  const { settings, unsaid } = composeSettings(trainModel(), 'duckdb')
  await expect(`${JSON.stringify(settings, null, 1)}\n`).toMatchFileSnapshot(`${FIXTURES}/exported.json`)
  const names = RECORD_COLUMNS.map((column) => column.name)
  const lines = [...people].map(([id, record]) => {
    const cells = spellRecord(record)
    return [id, ...names.map((column) => cells[column] ?? '')].join()
  })
  await expect(`${['unique_id', ...names].join()}\n${lines.join('\n')}\n`).toMatchFileSnapshot(
    `${FIXTURES}/records.csv`,
  )
  expect(unsaid).toEqual(['given_name: nickname', 'email: name', 'organisation: part', 'party_name: part'])
})

test('for Spark only the names of functions differ', () => {
  const model = trainModel()
  const said = (dialect: 'duckdb' | 'spark') => JSON.stringify(composeSettings(model, dialect).settings)
  expect(said('spark')).toContain('jaro_winkler(given_name_l, given_name_r) >= 0.92')
  expect(said('spark')).toBe(
    said('duckdb').replaceAll('jaro_winkler_similarity', 'jaro_winkler').replaceAll('"duckdb"', '"spark"'),
  )
})

test('what was exported is one distribution a comparison: nothing is weighed twice and nothing lost', () => {
  const model = trainModel()
  for (const { output_column_name: name, comparison_levels: levels } of composeSettings(model, 'duckdb').settings
    .comparisons) {
    const sumOf = (key: 'm_probability' | 'u_probability') => levels.reduce((sum, level) => sum + (level[key] ?? 0), 0)
    const known = model.comparisons.find((comparison) => comparison.name === name)!
    const groups = Math.round(known.levels.reduce((sum, { m }) => sum + m, 0))
    expect(sumOf('m_probability'), name).toBeCloseTo(groups, 4)
    expect(sumOf('u_probability'), name).toBeCloseTo(groups, 4)
  }
})
