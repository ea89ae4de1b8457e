import { OnefoldError } from '../../errors.ts'
import { findKnownRecords } from '../../store/identity/find-known-records.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { findSubject, nameRecordBySourceKey } from '../look/find-subject.ts'

const ID = /^(?:rec_|prf_)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/**
 * The record that a decision is about: the one a text names (`source:key`, `rec_…`), or the one that names a profile,
 * living or not (`prf_…`, `p_…`, an e-mail or another identifier). Decisions are of records, which stay, whatever
 * profile they are in. Throws `profile.not_found`, `profile.ambiguous`.
 */
export async function nameDecidable(context: Context, tx: Tx, text: string): Promise<string> {
  const id = ID.exec(text)?.[1] ?? nameRecordBySourceKey(context, text)
  if (id !== undefined && (await findKnownRecords(tx, [id])).length === 1) return id
  // A profile bears the id of its earliest record.
  return findSubject(context, text)
}

/** Two records to decide about. Throws `record.same` besides. */
export async function nameDecidablePair(
  context: Context,
  tx: Tx,
  left: string,
  right: string,
): Promise<{ readonly a: string; readonly b: string }> {
  const [first, second] = [await nameDecidable(context, tx, left), await nameDecidable(context, tx, right)]
  if (first === second) {
    throw new OnefoldError('payload', 'record.same', 'Both names lead to one and the same record or profile.', {
      details: { record: `rec_${first}` },
      hint: 'Name two records; `onefold how ID` lists those of a person.',
    })
  }
  return first < second ? { a: first, b: second } : { a: second, b: first }
}
