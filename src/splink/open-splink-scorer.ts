import { spellRecord } from '../engine/open-record-table.ts'
import { MISSING } from '../matching/comparison.ts'
import type { Scorer } from '../matching/scorer.ts'
import type { NormalizedRecord } from '../record/normalized-record.ts'
import type { Cells } from './compile-expression.ts'
import { compileModel } from './compile-model.ts'
import type { SplinkModel } from './splink-model.ts'

/** Names a column of records for a column of Splink's table; undefined where records have none like it. */
export type ResolveColumn = (column: string) => string | undefined

/** A scorer with what the settings say that it leaves out. */
export interface SplinkScorer extends Scorer {
  readonly adjustedLevels: number
}

/**
 * Opens a model of Splink's over records of the ledger, as they are normalized. Splink asks each pair in one direction;
 * here both are asked and the stronger level counts, so that a pair has one answer (Splink's own conditions say the same
 * both ways). The answer says what is not understood, and which columns records do not have.
 */
export function openSplinkScorer(
  model: SplinkModel,
  version: string,
  resolve: ResolveColumn,
): SplinkScorer | { readonly problem: string } {
  const compiled = compileModel(model, version)
  if ('problem' in compiled) return compiled
  const sources = compiled.columns.map((column) => [column, resolve(column)] as const)
  const unknown = sources.filter(([, source]) => source === undefined).map(([column]) => column)
  if (unknown.length > 0) return { problem: `records have no columns ${unknown.join(', ')}` }
  const known = new WeakMap<NormalizedRecord, Cells>()
  const cellsOf = (record: NormalizedRecord): Cells => {
    const spelled = known.get(record)
    if (spelled !== undefined) return spelled
    const all = spellRecord(record)
    const cells = Object.fromEntries(sources.map(([column, source]) => [column, all[source as string] ?? null]))
    known.set(record, cells)
    return cells
  }
  return {
    model: compiled.weights,
    adjustedLevels: compiled.adjustedLevels,
    compare: (a, b) => {
      const [left, right] = [cellsOf(a), cellsOf(b)]
      return compiled.comparisons.map(({ compare }) => {
        const [one, other] = [compare(left, right), compare(right, left)]
        return one === MISSING || other === MISSING ? Math.max(one, other) : Math.min(one, other)
      })
    },
  }
}
