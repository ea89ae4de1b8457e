import { appendAudit } from '../../store/audit/append-audit.ts'
import { keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { inLease } from '../../store/in-transaction.ts'
import { markReread, planRereading, type Rereading } from '../../store/ingest/plan-rereading.ts'
import { updateEvents } from '../../store/ingest/update-events.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import type { Context } from '../context.ts'
import { describeDerivations } from '../derive/describe-derivations.ts'
import { composeVocabulary, digestVocabulary, listVocabularies } from '../ingest/compose-vocabulary.ts'
import type { Stage } from '../stage.ts'
import { readEventsAgain } from './read-events-again.ts'

/** Some 5,000 rows. */
const PAGES_PER_CHUNK = 160

/**
 * ledger → events [B6]: deliveries whose source has another vocabulary now are read again from the bytes that were kept of
 * them, as if it had been declared before they came. A chunk is a range of pages of one delivery.
 */
export const rereadStage: Stage = {
  name: 'reread',
  plan: async ({ settings }, tx) => {
    await keepDerivationSettings(tx, 'events', describeDerivations(settings, []).events)
    const vocabularies = listVocabularies(settings)
    const ranges = await planRereading(tx, vocabularies, PAGES_PER_CHUNK)
    const digestOf = new Map(Object.entries(vocabularies).map(([source, each]) => [source, digestVocabulary(each)]))
    return ranges.map((range) => ({ ...range, vocabulary: digestOf.get(range.source) ?? '' }))
  },
  work: reread,
}

async function reread(context: Context, chunk: LeasedChunk): Promise<void> {
  const range = chunk.reference as Rereading & { readonly vocabulary: string }
  const { settings } = context
  const source = settings.sources[range.source]
  await inLease(context.store.sql, chunk, async (tx) => {
    // Configured no more since it was planned: nobody says what its events are called.
    if (source === undefined) return finishChunk(tx, chunk, { reread: 0, retold: 0 })
    const vocabulary = composeVocabulary(source, settings)
    const named = await readEventsAgain(context, tx, range, vocabulary)
    const counts = { reread: named.rows.length, retold: await updateEvents(tx, named) }
    await finishChunk(tx, chunk, counts)
    // Otherwise declared anew since it was planned: the next run reads all of it again.
    if (digestVocabulary(vocabulary) === range.vocabulary) await markReread(tx, chunk, range, vocabulary)
    await appendAudit(tx, {
      actor: context.actor,
      action: 'events.reread',
      subject: range.deliveryId,
      details: { fromRow: range.fromRow, ...counts },
    })
  })
}
