import { OnefoldError } from '../../errors.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { insertDecisions, type NewDecision } from '../../store/decision/insert-decisions.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { nameDecision } from '../name-place.ts'

/** Who decides, and why. */
export interface Deciding {
  readonly by: string
  /** In the person's words; may name people, so it is sealed. */
  readonly note?: string
}

/** What became of a decision. */
export interface Decided {
  /** To undo by; undefined when everything was decided so before. */
  readonly actId: string | undefined
  readonly pairs: readonly NewDecision[]
}

const LONGEST_NOTE = 1_000
const NAME = /^[\p{L}\p{N}._:@+ -]{1,64}$/u

/**
 * Keeps decisions as one act, and an audit entry for each pair in the same transaction: who, what, which pair, and a
 * keyed hash of the reason. Nothing is clustered: the next run takes them up. Throws `decision.raced` (P13),
 * `decision.bad_name`, `decision.note_too_long`.
 */
export async function saveDecisions(
  context: Context,
  tx: Tx,
  { by, note }: Deciding,
  pairs: readonly NewDecision[],
): Promise<Decided> {
  if (!NAME.test(by)) {
    throw new OnefoldError('payload', 'decision.bad_name', 'Who decides needs a name of 1 to 64 letters.', {
      hint: 'Give it with `--by NAME`.',
    })
  }
  if (note !== undefined && note.length > LONGEST_NOTE) {
    throw new OnefoldError('payload', 'decision.note_too_long', 'The reason is too long.', {
      details: { letters: note.length, most: LONGEST_NOTE },
      hint: 'Say it shorter, and refer to where the rest stands.',
    })
  }
  if (pairs.length === 0) return { actId: undefined, pairs }
  const actId = context.newId()
  const sealedNote =
    note === undefined
      ? null
      : sealEnvelope(context.keyring, Buffer.from(note, 'utf8'), nameDecision(actId), context.random)
  await insertDecisions(tx, { actId, decidedBy: by, sealedNote }, pairs)
  const noteHash = note === undefined ? null : hashToUuid(context.keyring.fingerprint, 'note', note)
  await appendAudit(
    tx,
    ...pairs.map(({ a, b, verdict }) => ({
      actor: context.actor,
      action: `decision.${verdict}`,
      subject: a,
      details: { other: b, actId, by, noteHash },
    })),
  )
  return { actId, pairs }
}
