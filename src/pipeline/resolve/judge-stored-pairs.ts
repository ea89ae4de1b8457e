import { DEFAULT_IDENTIFIER_POLICIES } from '../../matching/identifier-policy.ts'
import { DEFAULT_MODEL } from '../../matching/default-model.ts'
import { judgePair } from '../../matching/judge-pair.ts'
import type { JudgementRules } from '../../matching/judge-pair.ts'
import { deriveIdentifiers } from '../../matching/derive-identifiers.ts'
import { removeBlockedValues } from '../../matching/remove-blocked-values.ts'
import type { NormalizedRecord } from '../../record/normalized-record.ts'
import type { CandidatePair } from '../../store/identity/find-candidate-pairs.ts'
import type { JudgementRow } from '../../store/identity/save-judgements.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { hashIdentifier } from './hash-identifier.ts'
import { openRecords } from './open-records.ts'

/** What every pair is judged by until models are trained: the shipped model and policies. */
export const JUDGEMENT_RULES: JudgementRules = {
  model: DEFAULT_MODEL,
  policies: DEFAULT_IDENTIFIER_POLICIES,
  // Blocked values are known by hash only and are taken off when a record is opened.
  blocked: new Set(),
}

const LEVEL_POSITIONS = new Map<string, number>(DEFAULT_MODEL.comparisons.map(({ name }, position) => [name, position]))

/** Records opened at once; what a chunk's pairs need beyond it is opened again. */
const OPENED_AT_ONCE = 50_000

/** Judges pairs of stored records: opens each once, without what is blocked, and compares. */
export async function judgeStoredPairs(
  context: Context,
  tx: Tx,
  pairs: readonly CandidatePair[],
  blocked: ReadonlySet<string>,
): Promise<JudgementRow[]> {
  const rows: JudgementRow[] = []
  let opened = new Map<string, NormalizedRecord>()
  for (let start = 0; start < pairs.length; start += OPENED_AT_ONCE / 2) {
    const slice = pairs.slice(start, start + OPENED_AT_ONCE / 2)
    const needed = new Set(slice.flatMap(({ a, b }) => [a, b]))
    opened = new Map([...opened].filter(([id]) => needed.has(id)))
    const missing = [...needed].filter((id) => !opened.has(id))
    for await (const { sealed, record } of openRecords(context, tx, missing))
      opened.set(sealed.recordId, withoutBlocked(context, record, blocked))
    for (const { a, b } of slice) {
      const left = opened.get(a)
      const right = opened.get(b)
      if (left !== undefined && right !== undefined) rows.push(judgeRow(a, b, left, right))
    }
  }
  return rows
}

function judgeRow(a: string, b: string, left: NormalizedRecord, right: NormalizedRecord): JudgementRow {
  const { verdict, because, identifierKind, strengthBits, score } = judgePair(left, right, JUDGEMENT_RULES)
  const levels = Array.from({ length: LEVEL_POSITIONS.size }, () => -1)
  for (const part of score.parts) {
    const position = LEVEL_POSITIONS.get(part.comparison)
    if (position !== undefined) levels[position] = part.level
  }
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
