import type { Tx } from '../open-store.ts'

export interface JudgementRow {
  readonly a: string
  readonly b: string
  readonly verdict: 'match' | 'review' | 'distinct'
  readonly because: string
  readonly identifierKind: string | null
  readonly strengthBits: number
  readonly levels: readonly number[]
}

/**
 * Writes judgements, `a < b`; a pair judged again under another model or version gets the new one. `inGroup` when no
 * blocking rule found the pairs.
 */
export async function saveJudgements(
  tx: Tx,
  rows: readonly JudgementRow[],
  modelVersion: string,
  inGroup: boolean,
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    INSERT INTO onefold.judgements
      (record_a, record_b, verdict, because, identifier_kind, weight_bits, levels, model_version, in_group, judged_at)
    SELECT a, b, verdict, because, identifier_kind, weight_bits, string_to_array(levels, ' ')::smallint[],
           ${modelVersion}, ${inGroup}::boolean, now()
    FROM unnest(
      ${rows.map((row) => row.a)}::uuid[], ${rows.map((row) => row.b)}::uuid[], ${rows.map((row) => row.verdict)}::text[],
      ${rows.map((row) => row.because)}::text[], ${rows.map((row) => row.identifierKind)}::text[],
      ${rows.map((row) => row.strengthBits)}::float8[], ${rows.map((row) => row.levels.join(' '))}::text[]
    ) AS given (a, b, verdict, because, identifier_kind, weight_bits, levels)
    ORDER BY a, b
    ON CONFLICT (record_a, record_b) DO UPDATE SET
      verdict = excluded.verdict, because = excluded.because, identifier_kind = excluded.identifier_kind,
      weight_bits = excluded.weight_bits, levels = excluded.levels, model_version = excluded.model_version,
      in_group = excluded.in_group, judged_at = excluded.judged_at`
}
