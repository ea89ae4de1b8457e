import { OnefoldError } from '../../errors.ts'
import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import { findKnownRecords, findRecordsByIdentifier } from '../../store/identity/find-known-records.ts'
import { loadSealedRecords } from '../../store/identity/load-sealed-records.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { hashIdentifier } from '../resolve/hash-identifier.ts'
import { withoutBlocked } from '../resolve/judge-stored-pairs.ts'
import { openRecord } from '../resolve/open-record.ts'
import { nameRecordBySourceKey, readAsIdentifiers } from './find-subject.ts'

/** A record that a person named, as it is judged: without the identifiers that link nobody. */
export interface FoundRecord {
  readonly recordId: string
  readonly record: NormalizedRecord
}

const RECORD_ID = /^(rec_)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const PLACES = ['first', 'second'] as const

/**
 * The two records that texts name: `source:key`, `rec_…`, or an identifier that one record alone carries, a customer
 * number `source:number` among them. Throws `record.not_found`, `record.ambiguous`, `record.same`.
 */
export async function findTwoRecords(
  context: Context,
  tx: Tx,
  texts: readonly [string, string],
): Promise<readonly [FoundRecord, FoundRecord]> {
  const ids: (string | undefined)[] = []
  for (const text of texts) ids.push(await nameRecord(context, tx, text))
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

async function nameRecord(context: Context, tx: Tx, text: string): Promise<string | undefined> {
  const id = RECORD_ID.test(text) ? text.replace('rec_', '') : nameRecordBySourceKey(context, text)
  if (id !== undefined && (await findKnownRecords(tx, [id])).length === 1) return id
  const hashes = readAsIdentifiers(context, text).map((identifier) => hashIdentifier(context, identifier))
  const carriers = await findRecordsByIdentifier(tx, hashes)
  if (carriers.length < 2) return carriers[0]
  throw new OnefoldError('conflict', 'record.ambiguous', `${carriers.length} records carry one of these identifiers.`, {
    details: Object.fromEntries(carriers.slice(0, 5).map((carrier, index) => [`record${index + 1}`, `rec_${carrier}`])),
    hint: 'Name one of these records by its id.',
  })
}
