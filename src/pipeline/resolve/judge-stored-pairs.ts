import { MISSING } from '../../matching/comparison.ts'
import { judgePair } from '../../matching/judge-pair.ts'
import type { JudgementRules } from '../../matching/judge-pair.ts'
import { deriveIdentifiers } from '../../matching/derive-identifiers.ts'
import { removeBlockedValues } from '../../matching/remove-blocked-values.ts'
import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import type { CandidatePair } from '../../store/identity/find-candidate-pairs.ts'
import type { JudgementRow } from '../../store/identity/save-judgements.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { hashIdentifier } from './hash-identifier.ts'
import type { Judging } from './load-judging.ts'
import { openRecords } from './open-records.ts'

/** Records opened at once; what a chunk's pairs need beyond it is opened again. */
const OPENED_AT_ONCE = 50_000

/**
 * Judges pairs of stored records: opens each once, without what is blocked, and compares. What of their identifiers is
 * blocked is looked up where it is not given.
 */
export async function judgeStoredPairs(
  context: Context,
  tx: Tx,
  pairs: readonly CandidatePair[],
  blocked: ReadonlySet<string> | undefined,
  judging: Judging,
): Promise<JudgementRow[]> {
  const rows: JudgementRow[] = []
  let opened = new Map<string, NormalizedRecord>()
  for (let start = 0; start < pairs.length; start += OPENED_AT_ONCE / 2) {
    const slice = pairs.slice(start, start + OPENED_AT_ONCE / 2)
    const needed = new Set(slice.flatMap(({ a, b }) => [a, b]))
    opened = new Map([...opened].filter(([id]) => needed.has(id)))
    const missing = [...needed].filter((id) => !opened.has(id))
    const open = async (): Promise<void> => {
      for await (const { recordId, record } of openRecords(context, tx, missing)) opened.set(recordId, record)
    }
    const [without] = await Promise.all([blocked ?? findBlockedIdentifiers(tx, missing), open()])
    if (without.size > 0)
      for (const id of missing) {
        const record = opened.get(id)
        if (record !== undefined) opened.set(id, withoutBlocked(context, record, without))
      }
    const rules = judging.open(opened.values())
    for (const { a, b } of slice) {
      const left = opened.get(a)
      const right = opened.get(b)
      if (left !== undefined && right !== undefined) rows.push(judgeRow(a, b, left, right, rules))
    }
  }
  return rows
}

function judgeRow(
  a: string,
  b: string,
  left: NormalizedRecord,
  right: NormalizedRecord,
  rules: JudgementRules,
): JudgementRow {
  const { verdict, because, identifierKind, strengthBits, score } = judgePair(left, right, rules)
  const levelOf = new Map(score.parts.map(({ comparison, level }) => [comparison, level]))
  const { comparisons } = rules.scorer?.model ?? rules.model
  const levels = comparisons.map(({ name }) => levelOf.get(name) ?? MISSING)
  return { a, b, verdict, because, identifierKind: identifierKind ?? null, strengthBits, levels }
}

/** A record as judged: without the identifiers that link nobody. */
export function withoutBlocked(
  context: Context,
  record: NormalizedRecord,
  blocked: ReadonlySet<string>,
): NormalizedRecord {
  if (blocked.size === 0) return record
  const values = deriveIdentifiers(record).filter((identifier) => blocked.has(hashIdentifier(context, identifier)))
  return removeBlockedValues(record, new Set(values.map(({ kind, value }) => `${kind}:${value}`)))
}
