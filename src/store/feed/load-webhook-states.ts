import type { Tx } from '../open-store.ts'

/** How a webhook stands. */
export interface WebhookState {
  readonly webhook: string
  /** Changes that it was not told yet, counted up to a limit; of all kinds. */
  readonly waiting: number
  readonly attempts: number
  readonly lastCode: string | null
  /** When the next attempt is made; null: at once, and never after the receiver said that it is gone. */
  readonly nextAt: Date | null
  readonly isGone: boolean
  readonly dead: number
}

/** How the webhooks stand that have begun. */
export async function loadWebhookStates(tx: Tx, most: number): Promise<WebhookState[]> {
  return tx<WebhookState[]>`
    SELECT webhook, attempts, last_code AS "lastCode", CASE WHEN isfinite(next_at) THEN next_at END AS "nextAt",
      coalesce(NOT isfinite(next_at), false) AS "isGone",
      (SELECT count(*) FROM (
        SELECT FROM onefold.outbox AS change WHERE (change.xact, change.seq) > (position.xact, position.seq) LIMIT ${most}
      ) AS change) AS waiting,
      (SELECT count(*) FROM onefold.webhook_dead_letters AS letter WHERE letter.webhook = position.webhook) AS dead
    FROM onefold.webhook_positions AS position ORDER BY webhook`
}
