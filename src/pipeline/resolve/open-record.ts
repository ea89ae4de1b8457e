import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { openEnvelope } from '../../privacy/open-envelope.ts'
import { unpackSealed } from '../../privacy/unpack-sealed.ts'
import type { SealedRecord } from '../../store/identity/load-sealed-records.ts'
import type { Context } from '../context.ts'

/** Opens what the store keeps sealed of a record. Throws `seal.broken` when key, place or bytes do not fit. */
export function openRecord(context: Context, sealed: SealedRecord): NormalizedRecord {
  const bytes = openEnvelope(context.keyring, sealed.sealed, sealed.place)
  const json = sealed.kind === 'actor' ? bytes.toString('utf8') : unpackSealed(bytes).normalizedJson
  return JSON.parse(json) as NormalizedRecord
}
