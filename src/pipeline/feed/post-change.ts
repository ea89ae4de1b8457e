import { Webhook } from 'standardwebhooks'
import type { ChangeMessage } from './spell-change.ts'

/** A receiver that has not answered by then has failed (Standard Webhooks: 15 to 30 s). */
const PATIENCE_MS = 15_000

/** How an attempt ended. `refused`: another attempt will hardly end better; `gone`: nobody wants any more. */
export type Posted =
  | { readonly is: 'told' }
  | { readonly is: 'failed' | 'refused' | 'gone'; readonly code: string; readonly retryAfterMs: number }

/** Sends a signed message once. Redirects are not followed, and of the answer only its head is read. Never throws. */
export async function postChange(
  { url, secret }: { readonly url: string; readonly secret: string },
  { id, body }: ChangeMessage,
  now: Date,
): Promise<Posted> {
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  }
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    await answer.body?.cancel()
    return judgeAnswer(answer.status, answer.headers.get('retry-after'))
  } catch (failure) {
    const isLate = failure instanceof DOMException && failure.name === 'TimeoutError'
    return { is: 'failed', code: isLate ? 'timeout' : 'connection', retryAfterMs: 0 }
  }
}

/** Statuses that say try again (RFC 9110 and 6585), though they are of the kind that says do not. */
const PASSING = new Set([408, 425, 429])
const GONE = 410

function judgeAnswer(status: number, retryAfter: string | null): Posted {
  if (status >= 200 && status < 300) return { is: 'told' }
  const seconds = Number(retryAfter)
  const told = { code: String(status), retryAfterMs: Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : 0 }
  if (status === GONE) return { is: 'gone', ...told }
  return { is: status < 500 && !PASSING.has(status) ? 'refused' : 'failed', ...told }
}
