import { forgetDeadLetters } from '../../store/feed/forget-dead-letters.ts'
import { loadDeadLetters } from '../../store/feed/load-dead-letters.ts'
import type { Context } from '../context.ts'
import { deriveWebhookSecret } from './derive-webhook-secret.ts'
import { findWebhook } from './find-webhook.ts'
import { postChange } from './post-change.ts'
import { spellChange } from './spell-change.ts'

const AT_ONCE = 1_000

/**
 * Sends what a receiver refused once more, in the order of the feed, until it refuses again; what it takes is no dead
 * letter any more. Throws `webhook.unknown` (settings).
 */
export async function replayDeadLetters(
  context: Context,
  webhook: string,
): Promise<{ readonly told: number; readonly left: number; readonly code?: string }> {
  const { sql } = context.store
  const { url } = findWebhook(context, webhook)
  const receiver = { url, secret: deriveWebhookSecret(context.keyring, webhook) }
  let told = 0
  for (;;) {
    const letters = await loadDeadLetters(sql, webhook, AT_ONCE)
    for (const [at, letter] of letters.entries()) {
      const posted = await postChange(receiver, spellChange(letter), context.now())
      if (posted.is !== 'told') return { told, left: letters.length - at, code: posted.code }
      await forgetDeadLetters(sql, webhook, [letter.seq])
      told++
    }
    if (letters.length < AT_ONCE) return { told, left: 0 }
  }
}
