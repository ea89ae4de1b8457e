import { beforeAll, describe, expect, test } from 'vitest'
import { formatEngineModel, parseEngineModel, type EngineModel } from '../../src/engine/engine-model.ts'
import { measureClusters } from '../../src/engine/measure-clusters.ts'
import { buildTable, groupNames, resolve, understand } from './build-table.ts'
import { inventPeople, PEOPLE_HEADER } from './invent-people.ts'

const { rows, personOf } = inventPeople(400, 7)
const names = rows.map(([id = '']) => id)

describe('a file with people twice in it', () => {
  test('is sorted into persons without a label', async () => {
    const { clusterOf } = await resolve(buildTable([PEOPLE_HEADER, ...rows]))
    expect(measureClusters(personOf, clusterOf).f1).toBeGreaterThan(0.98)
  })

  test('gives the same model to the byte and the same persons in any order of rows', async () => {
    const forwards = await resolve(buildTable([PEOPLE_HEADER, ...rows]))
    const order = rows.map((_, at) => (at * 7919) % rows.length)
    expect(new Set(order).size).toBe(rows.length)
    const shuffled = order.map((at) => rows[at]!)
    const other = await resolve(buildTable([PEOPLE_HEADER, ...shuffled]))
    expect(formatEngineModel(other.model)).toBe(formatEngineModel(forwards.model))
    const otherNames = shuffled.map(([id = '']) => id)
    expect(groupNames(other.clusterOf, otherNames)).toEqual(groupNames(forwards.clusterOf, names))
  })

  test('promises about as many true pairs as there are', async () => {
    const { training } = await resolve(buildTable([PEOPLE_HEADER, ...rows]))
    const { truePairs } = measureClusters(personOf, personOf)
    expect(training!.expectedMatches).toBeGreaterThan(truePairs * 0.95)
    expect(training!.expectedMatches).toBeLessThan(truePairs * 1.05)
  })

  test('never uses a hidden column or the id of rows as evidence', async () => {
    const table = buildTable([[...PEOPLE_HEADER, 'truth'], ...rows.map((row, at) => [...row, `t${personOf[at]}`])])
    const uses = new Map(understand(table, ['truth']).map(({ name, use }) => [name, use]))
    expect(uses.get('truth')).toBe('ignored')
    expect(uses.get('id')).toBe('row_id')
  })
})

test('where everybody stands once, hardly anybody is joined', async () => {
  const once = rows.filter((_, at) => personOf.indexOf(personOf[at]!) === at)
  const { clusterOf, notes } = await resolve(buildTable([PEOPLE_HEADER, ...once]))
  expect(new Set(clusterOf).size).toBeGreaterThan(once.length * 0.995)
  expect(notes.join(' ')).toContain('each person once')
})

describe('under a frozen model', () => {
  let model: EngineModel
  beforeAll(async () => {
    const trained = await resolve(buildTable([PEOPLE_HEADER, ...rows]))
    model = parseEngineModel(formatEngineModel(trained.model)) as EngineModel
  })

  test('a model that was written and read scores as it did', async () => {
    const before = await resolve(buildTable([PEOPLE_HEADER, ...rows]))
    const after = await resolve(buildTable([PEOPLE_HEADER, ...rows]), { model })
    expect([...after.clusterOf]).toEqual([...before.clusterOf])
  })

  test('adding strangers never changes who others are', async () => {
    const strangers = inventPeople(300, 99).rows.map(([id, given, family, ...rest]) => [
      `s${id}`,
      `x${given}`,
      `q${family}`,
      ...rest.map((cell, at) => (at === 1 ? `q${cell}` : cell)),
    ])
    const alone = await resolve(buildTable([PEOPLE_HEADER, ...rows]), { model })
    const among = await resolve(buildTable([PEOPLE_HEADER, ...rows, ...strangers]), { model })
    expect(groupNames(among.clusterOf.subarray(0, rows.length), names)).toEqual(groupNames(alone.clusterOf, names))
  })
})

describe('two files that name their columns differently', () => {
  const first = rows.filter((_, at) => personOf.indexOf(personOf[at]!) === at)
  const second = rows.filter((_, at) => personOf.indexOf(personOf[at]!) !== at)
  const truth = [...first, ...second].map((row) => personOf[rows.indexOf(row)]!)

  test('are linked across, never within a file', async () => {
    const table = buildTable(
      [PEOPLE_HEADER, ...first],
      [['Nr', 'Vorname', 'Nachname', 'Geburtsdatum', 'E-Mail', 'Ort'], ...second],
    )
    const { clusterOf } = await resolve(table, { linkOnly: true })
    expect(measureClusters(truth, clusterOf).f1).toBeGreaterThan(0.97)
    expect(new Set(clusterOf.subarray(0, first.length)).size).toBe(first.length)
  })
})

describe('a file that says next to nothing', () => {
  test('no rows, one row and no columns are no error', async () => {
    expect([...(await resolve(buildTable([PEOPLE_HEADER]))).clusterOf]).toEqual([])
    expect([...(await resolve(buildTable([PEOPLE_HEADER, rows[0]!]))).clusterOf]).toEqual([0])
    expect([...(await resolve(buildTable([['id'], ['1'], ['2']]))).clusterOf]).toEqual([0, 1])
    expect((await resolve(buildTable([[], []]))).notes.join(' ')).toContain('nothing was compared')
  })

  test('says that few rows lean on the shipped beliefs, and still joins equal people', async () => {
    const few = [PEOPLE_HEADER, ...rows.slice(0, 6), ['z', ...rows[0]!.slice(1)]]
    const { clusterOf, notes } = await resolve(buildTable(few))
    expect(clusterOf[6]).toBe(0)
    expect(notes.join(' ')).toContain('too few to learn from')
  })
})
