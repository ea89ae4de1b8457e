import type { Tx } from '../open-store.ts'

/** Takes changes that were told after all off the dead letters of a webhook. */
export async function forgetDeadLetters(tx: Tx, webhook: string, seqs: readonly number[]): Promise<void> {
  await tx`DELETE FROM onefold.webhook_dead_letters WHERE webhook = ${webhook} AND seq = ANY(${[...seqs]}::bigint[])`
}
