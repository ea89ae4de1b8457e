import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { deriveCompositeIndex } from '../../src/feature/derive-composite-index.ts'
import { scaleZ } from '../../src/feature/scale-z.ts'
import { findDataFolder } from './find-data-folder.ts'

const folder = findDataFolder()

function readColumns(name: string, columns: readonly string[]): Float64Array[] {
  const rows = parse<Record<string, string>>(readFileSync(join(folder ?? '', 'behaviour/clustering', name)), {
    columns: true,
  })
  return columns.map((column) => Float64Array.from(rows, (row) => Number(row[column])))
}

describe.skipIf(folder === undefined)('the first principal component', () => {
  const oracle = JSON.parse(readFileSync(join(folder ?? '', 'behaviour/oracles/r_oracles.json'), 'utf8')) as Record<
    'usarrests_pca',
    { readonly pve: number[]; readonly rotation: number[][]; readonly scores1: number[] }
  >

  test('of arrests in the United States is that of prcomp in R, more being more', () => {
    const { pve, rotation, scores1 } = oracle.usarrests_pca
    const index = deriveCompositeIndex(
      readColumns('USArrests.csv', ['Murder', 'Assault', 'UrbanPop', 'Rape']).map((column) => scaleZ(column)),
    )
    expect(Math.abs((index.explained ?? 0) - pve[0]!)).toBeLessThan(1e-9)
    for (const [n, [loading]] of rotation.entries()) expect(Math.abs(index.weights[n]! + loading!)).toBeLessThan(1e-9)
    // R scales by the deviation of a sample, which is larger.
    const sample = Math.sqrt((scores1.length - 1) / scores1.length)
    for (const [n, score] of scores1.entries()) expect(Math.abs(index.scores[n]! * sample + score)).toBeLessThan(1e-9)
  })
})

test('declared weights count what columns were scaled to', () => {
  const columns = [Float64Array.of(-1, 1), Float64Array.of(1, -1)]
  expect(deriveCompositeIndex(columns, [2, 0.5])).toEqual({ weights: [2, 0.5], scores: Float64Array.of(-1.5, 1.5) })
})

test('where nothing differs the index is 0, and features that say the same say it once', () => {
  const same = [new Float64Array(3), new Float64Array(3)]
  expect(deriveCompositeIndex(same)).toEqual({ weights: [0, 0], scores: new Float64Array(3) })
  expect(deriveCompositeIndex([new Float64Array(0), new Float64Array(0)]).scores).toHaveLength(0)
  const twice = [Float64Array.of(1, 2, 3, 4), Float64Array.of(10, 20, 30, 40)].map((column) => scaleZ(column))
  const { weights, explained } = deriveCompositeIndex(twice)
  expect(explained).toBeCloseTo(1, 12)
  for (const weight of weights) expect(weight).toBeCloseTo(Math.SQRT1_2, 12)
})

test('columns of another scale are compared by how they vary, not by where they lie', () => {
  const near = [Float64Array.of(0, 1, 0, 1), Float64Array.of(0, 0, 2, 2)]
  const { weights } = deriveCompositeIndex(near)
  expect(deriveCompositeIndex([near[0]!, near[1]!.map((value) => value + 9)]).weights).toEqual(weights)
  expect(weights[1]).toBeCloseTo(1, 12)
})
