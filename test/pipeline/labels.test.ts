import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluateModel } from '../../src/pipeline/model/evaluate-model.ts'
import { describeModel } from '../../src/pipeline/model/describe-model.ts'
import { trainOnLedger } from '../../src/pipeline/model/train-on-ledger.ts'
import { decidePair } from '../../src/pipeline/review/decide-pair.ts'
import { splitProfile } from '../../src/pipeline/review/split-profile.ts'
import { inventPeople } from '../engine/invent-people.ts'
import { type Bench, openBench } from './people-fixture.ts'

const HEAD = 'key,first,last,born,mail,tel,street,zip,changed'
const { rows, personOf } = inventPeople(150, 9)
const lines = rows.map(([id, first = '', last, born], row) => {
  const isAgain = personOf[row - 1] === personOf[row]
  const called = isAgain && personOf[row]! % 3 === 0 ? [...first].toReversed().join('') : first
  const place = isAgain && personOf[row]! % 2 === 0 ? row : personOf[row]!
  return `${id},${called},${last},${born},,,${place % 90} Bramble Close,KB${place % 40} 9TB,2026-01-01`
})

let bench: Bench
beforeAll(async () => {
  bench = await openBench('labels')
  await bench.ingest('crm', `${HEAD}\n${lines.join('\n')}\n`)
  await bench.run()
})
afterAll(() => bench.close())

/** Says the truth of pairs of neighbouring rows; two neighbours are one person or strangers. */
async function decideTruth(from: number, to: number): Promise<void> {
  for (let row = from; row < to; row++) {
    const verdict = personOf[row] === personOf[row - 1] ? 'same' : 'different'
    const [left, right] = [rows[row - 1]![0], rows[row]![0]].map((id) => `crm:${id}`)
    await decidePair(bench.context, { left: left!, right: right!, verdict, by: 'ada' })
  }
}

describe('stewards’ decisions are labels [C10]', () => {
  test('without any there is nothing to hold a model against, and training is as before', async () => {
    expect(await trainOnLedger(bench.context)).toMatchObject({ version: 1, labels: 0 })
    expect(await evaluateModel(bench.context, 1)).toMatchObject({ labels: 0, precision: undefined, recall: undefined })
    expect(await describeModel(bench.context)).toMatchObject({ thresholds: { match: 0.5, review: 0.1 } })
  })

  test('they teach the next model, the same ones the same, and a word taken back teaches nothing', async () => {
    await decideTruth(1, 81)
    const taught = await trainOnLedger(bench.context)
    expect(taught).toMatchObject({ version: 2, isNew: true, labels: 80 })
    expect(await trainOnLedger(bench.context)).toMatchObject({ version: 2, isNew: false })
    const [before, after] = [await describeModel(bench.context, 1), await describeModel(bench.context, 2)]
    expect(after.priorMatch).not.toBe(before.priorMatch)
    expect(after.thresholds).not.toEqual(before.thresholds)
  })

  test('a model is measured by all of them and by those that it cannot have learned from', async () => {
    const known = await evaluateModel(bench.context, 2)
    expect(known).toMatchObject({ modelVersion: 'model-2', labels: 80, unseen: { labels: 0 } })
    await decideTruth(81, 121)
    const { labels, unseen, precision, judged } = await evaluateModel(bench.context, 2)
    expect([labels, unseen?.labels]).toEqual([120, 40])
    expect(precision?.share).toBeGreaterThan(0.9)
    const { match, review, distinct } = judged
    expect([match, review, distinct].reduce((sum, { same, different }) => sum + same + different, 0)).toBe(120)
    const shipped = await evaluateModel(bench.context)
    expect(shipped).toMatchObject({ modelVersion: 'default-1', labels: 120, unseen: undefined })
  })

  test('a decision about a pair does not count as the model’s own judgement', async () => {
    await bench.run()
    const { judged } = await evaluateModel(bench.context)
    expect(judged.match.same).toBeLessThan(120)
    const wrong = [rows[0]![0], rows[150]![0]].map((id) => `crm:${id}`)
    await decidePair(bench.context, { left: wrong[0]!, right: wrong[1]!, verdict: 'same', by: 'ada' })
    expect((await evaluateModel(bench.context)).judged.distinct.same).toBe(judged.distinct.same + 1)
  })

  test('a split of many records is one lesson, not one for each pair', async () => {
    const before = await trainOnLedger(bench.context)
    await bench.run()
    const { sql } = bench.context.store
    const [large] = await sql<{ id: string; members: string[] }[]>`
      SELECT profile_id AS id, array_agg(record_id) AS members FROM onefold.profile_members
      GROUP BY profile_id HAVING count(*) > 2 LIMIT 1`
    const leaving = large!.members.filter((id) => id !== large!.id).slice(0, 1)
    await splitProfile(bench.context, {
      profile: `prf_${large!.id}`,
      records: leaving.map((id) => `rec_${id}`),
      replace: true,
      by: 'ada',
    })
    const after = await trainOnLedger(bench.context)
    expect(after.isNew).toBe(true)
    expect(after.labels).toBeGreaterThanOrEqual(before.labels)
  })
})
