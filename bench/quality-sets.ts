import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A public data set with a true answer, and what its run needs. */
export interface QualitySet {
  readonly name: string
  readonly files: readonly string[]
  readonly truth: string
  /** Turns a cell of the truth column into the person's name; the cell itself when absent. */
  readonly personOf?: (cell: string) => string
  readonly linkOnly?: boolean
  readonly must: number
  readonly aim: number
}

/** Where public data is looked for: `ONEFOLD_DATA`, else beside the project. */
export const DATA = process.env['ONEFOLD_DATA'] ?? '../shared/data'

const febrl = (cell: string): string => /^rec-(\d+)/.exec(cell.trim())?.[1] ?? cell

/** The sets that are there; files of another layout are skipped. */
export function findQualitySets(): readonly QualitySet[] {
  const at = (...names: string[]): string => join(DATA, 'resolution', ...names)
  const sets: readonly QualitySet[] = [
    { name: 'fake_1000', files: [at('splink_datasets', 'fake_1000.csv')], truth: 'cluster', must: 0.935, aim: 0.95 },
    {
      name: 'febrl3',
      files: [at('febrl', 'dataset3.csv')],
      truth: 'rec_id',
      personOf: febrl,
      must: 0.999,
      aim: 0.9995,
    },
    {
      name: 'febrl4',
      files: [at('febrl', 'dataset4a.csv'), at('febrl', 'dataset4b.csv')],
      truth: 'rec_id',
      personOf: febrl,
      linkOnly: true,
      must: 0.999,
      aim: 0.9998,
    },
    {
      name: 'historical_50k',
      files: [at('splink_datasets', 'historical_figures_with_errors_50k.csv')],
      truth: 'cluster',
      must: 0.87,
      aim: 0.9,
    },
  ]
  return sets.filter(({ files }) => files.every((file) => existsSync(file)))
}
