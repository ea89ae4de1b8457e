import { OnefoldError } from '../../errors.ts'
import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import { loadSealedRecords } from '../../store/identity/load-sealed-records.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { withoutBlocked } from '../resolve/judge-stored-pairs.ts'
import { openRecord } from '../resolve/open-record.ts'
import { nameRecordBySourceKey } from './find-subject.ts'

/** A record that a person named, as it is judged: without the identifiers that link nobody. */
export interface FoundRecord {
  readonly recordId: string
  readonly record: NormalizedRecord
}

const RECORD_ID = /^(rec_)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const PLACES = ['first', 'second'] as const

/** The two records that texts name, `source:key` or `rec_…`. Throws `record.not_found`, `record.same`. */
export async function findTwoRecords(
  context: Context,
  tx: Tx,
  texts: readonly [string, string],
): Promise<readonly [FoundRecord, FoundRecord]> {
  const ids = texts.map((text) =>
    RECORD_ID.test(text) ? text.replace('rec_', '') : nameRecordBySourceKey(context, text),
  )
  const named = ids.filter((id) => id !== undefined)
  const sealed = new Map((await loadSealedRecords(tx, named)).map((record) => [record.recordId, record]))
  const blocked = await findBlockedIdentifiers(tx)
  const [first, second] = PLACES.map((place, index) => {
    const found = sealed.get(ids[index] ?? '')
    if (found !== undefined)
      return { recordId: found.recordId, record: withoutBlocked(context, openRecord(context, found), blocked) }
    throw new OnefoldError('not_found', 'record.not_found', `The ${place} record is not known.`, {
      hint: 'Name a record as `source:key`, or by its id `rec_…` as `onefold profile` shows it.',
    })
  })
  if (first?.recordId === second?.recordId) {
    throw new OnefoldError('payload', 'record.same', 'Both names are of one and the same record.', {
      hint: 'Name two records; `onefold profile ID` lists those of a person.',
    })
  }
  return [first as FoundRecord, second as FoundRecord]
}
