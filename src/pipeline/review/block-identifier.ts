import { OnefoldError } from '../../errors.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { blockIdentifiers, liftIdentifiers } from '../../store/identity/decide-blocked-identifiers.ts'
import { recompareCarriers } from '../../store/identity/recompare-carriers.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { readAsIdentifiers } from '../look/find-subject.ts'
import { hashIdentifier } from '../resolve/hash-identifier.ts'

export interface BlockedIdentifier {
  /** What the value was found to be. */
  readonly kinds: readonly string[]
  /** Records that carry it and are compared again by the next run. */
  readonly records: number
  /** False when it was so before. */
  readonly isNew: boolean
}

/**
 * Makes an identifier link nobody, or lets it link again whatever a count says [B5]: whoever carries it is compared
 * again by the next run, and no count overrules the person (P14). The audit log has its hash, never the value. Throws
 * `identifier.not_found` when no record carries it.
 */
export async function blockIdentifier(
  context: Context,
  text: string,
  { by, lift }: { readonly by: string; readonly lift: boolean },
): Promise<BlockedIdentifier> {
  const hashes = readAsIdentifiers(context, text).map((identifier) => hashIdentifier(context, identifier))
  return inTransaction(context.store.sql, async (tx) => {
    const { known, changed } = await (lift ? liftIdentifiers(tx, hashes, by) : blockIdentifiers(tx, hashes, by))
    if (known.length === 0) {
      throw new OnefoldError(
        'not_found',
        'identifier.not_found',
        lift ? 'No such identifier is blocked.' : 'No record carries this identifier.',
        { hint: 'Give an e-mail address, a phone number with its country code, or an id as its source spells it.' },
      )
    }
    const records = await recompareCarriers(
      tx,
      changed.map(({ hash }) => hash),
    )
    await appendAudit(
      tx,
      ...changed.map(({ hash, kind }) => ({
        actor: context.actor,
        action: lift ? 'identifier.lifted' : 'identifier.blocked',
        subject: hash,
        details: { kind, by, records },
      })),
    )
    return { kinds: [...new Set(known.map(({ kind }) => kind))], records, isNew: changed.length > 0 }
  })
}
