import { OnefoldError } from '../../errors.ts'
import { explainPair, type PairExplanation } from '../../matching/explain-pair.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import { findProfilesOfRecords } from '../../store/identity/find-profile.ts'
import { loadMatchesOfProfile } from '../../store/identity/load-matches-of-profile.ts'
import { loadSealedRecords } from '../../store/identity/load-sealed-records.ts'
import type { Context } from '../context.ts'
import { withoutBlocked } from '../resolve/judge-stored-pairs.ts'
import { loadJudging } from '../resolve/load-judging.ts'
import { openRecord } from '../resolve/open-record.ts'
import { nameRecordBySourceKey } from './find-subject.ts'

export interface RecordsExplanation {
  readonly recordIds: readonly [string, string]
  readonly sameProfile: boolean
  readonly profileIds: readonly (string | undefined)[]
  readonly explanation: PairExplanation
  /** When they are one person only by way of others: the records from one to the other, each matching the next. */
  readonly chain: readonly string[]
}

/** Why two records are one person, or why not [C7]; labels and numbers only. Throws `record.not_found`. */
export async function explainRecords(context: Context, left: string, right: string): Promise<RecordsExplanation> {
  const { sql } = context.store
  const ids = [left, right].map((text) =>
    /^(rec_)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
      ? text.replace('rec_', '')
      : nameRecordBySourceKey(context, text),
  )
  const [a = '', b = ''] = ids
  const named = ids.filter((id) => id !== undefined)
  const sealed = new Map((await loadSealedRecords(sql, named)).map((record) => [record.recordId, record]))
  const blocked = await findBlockedIdentifiers(sql)
  const [first, second] = [a, b].map((id, index) => {
    const record = sealed.get(id)
    if (record !== undefined) return withoutBlocked(context, openRecord(context, record), blocked)
    throw new OnefoldError(
      'not_found',
      'record.not_found',
      `The ${index === 0 ? 'first' : 'second'} record is not known.`,
      {
        hint: 'Name a record as `source:key`, or by its id `rec_…` as `onefold profile` shows it.',
      },
    )
  })
  const profiles = await findProfilesOfRecords(sql, [a, b])
  const profileIds = [profiles.get(a), profiles.get(b)]
  const pair = [first as NonNullable<typeof first>, second as NonNullable<typeof second>] as const
  const explanation = explainPair(...pair, (await loadJudging(context, sql)).open(pair))
  const sameProfile = profileIds[0] !== undefined && profileIds[0] === profileIds[1]
  const chain =
    sameProfile && explanation.judgement.verdict !== 'match'
      ? findChain(await loadMatchesOfProfile(sql, profileIds[0] as string), a, b)
      : []
  return { recordIds: [a, b], sameProfile, profileIds, explanation, chain }
}

/** The shortest way between two records along matches, ends included; empty when there is none. */
function findChain(matches: readonly { readonly a: string; readonly b: string }[], from: string, to: string): string[] {
  const before = new Map<string, string | undefined>([[from, undefined]])
  for (const record of before.keys()) {
    for (const { a, b } of matches) {
      const next = a === record ? b : b === record ? a : undefined
      if (next !== undefined && !before.has(next)) before.set(next, record)
    }
  }
  if (!before.has(to)) return []
  const chain: string[] = []
  for (let at: string | undefined = to; at !== undefined; at = before.get(at)) chain.unshift(at)
  return chain
}
