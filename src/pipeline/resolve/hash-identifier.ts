import type { Identifier } from '../../record/normalized-record.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'

/** How an identifier is called where its value must not stand. */
export function hashIdentifier(context: Context, identifier: Identifier): string {
  return hashToUuid(context.keyring.identifiers, 'identifier', identifier.kind, identifier.value)
}
