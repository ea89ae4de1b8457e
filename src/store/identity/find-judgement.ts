import type { Tx } from '../open-store.ts'

/** What was judged of a pair and is kept: matches, doubts, and what is distinct within a group of matching records. */
export interface StoredJudgement {
  readonly verdict: 'match' | 'review' | 'distinct'
  readonly because: string
  readonly identifierKind: string | null
  readonly strengthBits: number
  readonly levels: readonly number[]
  readonly modelVersion: string
  readonly judgedAt: Date
}

/** The kept judgement of two records, in either order. */
export async function findJudgement(tx: Tx, a: string, b: string): Promise<StoredJudgement | undefined> {
  const [row] = await tx<StoredJudgement[]>`
    SELECT verdict, because, identifier_kind AS "identifierKind", weight_bits::float8 AS "strengthBits", levels,
           model_version AS "modelVersion", judged_at AS "judgedAt"
    FROM onefold.judgements WHERE record_a = ${a < b ? a : b} AND record_b = ${a < b ? b : a}`
  return row
}
