import type { Tx } from '../open-store.ts'
import type { FeedPosition } from './change.ts'
import { selectFeedEnd } from './find-feed-end.ts'

/** How far a webhook has come, and how often the next change was tried in vain. */
export interface WebhookLease extends FeedPosition {
  readonly attempts: number
  /** What came of the last one. */
  readonly lastCode: string | null
}

/**
 * Takes a webhook on for a while, when there is something to tell it and nobody else does: whoever sends holds no
 * transaction open meanwhile. One that is new begins with what happens from now on. Undefined when there is nothing to do.
 */
export async function leaseWebhook(
  tx: Tx,
  webhook: string,
  lease: string,
  forMs: number,
): Promise<WebhookLease | undefined> {
  const [leased] = await tx<WebhookLease[]>`
    UPDATE onefold.webhook_positions AS position
    SET lease = ${lease}, leased_until = clock_timestamp() + ${forMs} * interval '1 millisecond'
    WHERE webhook = ${webhook} AND (leased_until IS NULL OR leased_until < clock_timestamp())
      AND (next_at IS NULL OR next_at <= clock_timestamp())
      AND EXISTS (SELECT FROM onefold_out.change_feed AS change WHERE (change.xact, change.seq) > (position.xact, position.seq))
    RETURNING xact::text, seq, attempts, last_code AS "lastCode"`
  if (leased !== undefined) return leased
  await tx`
    INSERT INTO onefold.webhook_positions (webhook, xact, seq)
    SELECT ${webhook}, xact, seq FROM (${selectFeedEnd(tx)}) AS feed_end
    WHERE NOT EXISTS (SELECT FROM onefold.webhook_positions WHERE webhook = ${webhook}) ON CONFLICT DO NOTHING`
  return undefined
}
