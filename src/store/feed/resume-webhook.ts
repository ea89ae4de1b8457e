import type { Tx } from '../open-store.ts'

/** Lets the next attempt be made at once. Returns whether the webhook has begun. */
export async function resumeWebhook(tx: Tx, webhook: string): Promise<boolean> {
  const rows = await tx`
    UPDATE onefold.webhook_positions SET next_at = NULL, attempts = 0 WHERE webhook = ${webhook} RETURNING 1`
  return rows.length > 0
}
