import { OnefoldError } from '../../errors.ts'
import { loadMembers } from '../../store/identity/load-members.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { findSubject } from '../look/find-subject.ts'
import { nameDecidable } from './name-decidable.ts'
import { planDecisions } from './plan-decisions.ts'
import { type Decided, type Deciding, saveDecisions } from './save-decisions.ts'

/** Pairs kept by one act: each is a row, an audit entry and a check at every clustering. */
const MOST_PAIRS = 2_500

/**
 * Says that some records of a profile are not the person of the others [C8]: each of them is kept apart from each that
 * stays, so that no further record brings them together again. Those that leave are not said to be one person: the
 * score tells. Throws `split.not_members`, `split.nobody_stays`, `split.too_large`, and what `decidePair` throws.
 */
export async function splitProfile(
  context: Context,
  {
    profile,
    records,
    replace = false,
    ...deciding
  }: Deciding & { readonly profile: string; readonly records: readonly string[]; readonly replace?: boolean },
): Promise<Decided> {
  return inTransaction(context.store.sql, async (tx) => {
    const profileId = await findSubject(context, profile)
    const members = (await loadMembers(tx, profileId)).map(({ recordId }) => recordId)
    const leaving = new Set<string>()
    for (const text of records) leaving.add(await nameDecidable(context, tx, text))
    const strangers = [...leaving].filter((id) => !members.includes(id))
    if (strangers.length > 0) {
      throw new OnefoldError('payload', 'split.not_members', 'Not every record named is in that profile.', {
        details: { profile: `prf_${profileId}`, record: `rec_${strangers[0]}`, records: strangers.length },
        hint: `\`onefold how prf_${profileId}\` lists its records.`,
      })
    }
    const staying = members.filter((id) => !leaving.has(id))
    if (staying.length === 0) {
      throw new OnefoldError('payload', 'split.nobody_stays', 'All records of the profile would leave it.', {
        hint: 'Name only those of one of the two people.',
      })
    }
    const pairs = [...leaving].flatMap((one) =>
      staying.map((other) => (one < other ? { a: one, b: other } : { a: other, b: one })),
    )
    if (pairs.length > MOST_PAIRS) {
      throw new OnefoldError('conflict', 'split.too_large', 'The profile is too large to be split at once.', {
        details: { pairs: pairs.length, most: MOST_PAIRS },
        hint: 'Split fewer records at a time, or block the identifier that holds them together (`onefold block`).',
      })
    }
    return saveDecisions(context, tx, deciding, await planDecisions(tx, pairs, 'different', replace))
  })
}
