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
    return judgeAnswer(answer.status, readRetryAfter(answer.headers.get('retry-after'), now))
  } catch (failure) {
    const isLate = failure instanceof DOMException && failure.name === 'TimeoutError'
    return { is: 'failed', code: isLate ? 'timeout' : 'connection', retryAfterMs: 0 }
  }
}

/** Statuses that say try again (RFC 9110 and 6585), though they are of the kind that says do not. */
const PASSING = new Set([408, 425, 429])
const GONE = 410

/** No receiver keeps us away for longer than the longest pause is. */
const LONGEST_MS = 24 * 3_600_000

function judgeAnswer(status: number, retryAfterMs: number): Posted {
  if (status >= 200 && status < 300) return { is: 'told' }
  const code = String(status)
  if (status === GONE) return { is: 'gone', code, retryAfterMs }
  return { is: isRefusal(code) ? 'refused' : 'failed', code, retryAfterMs }
}

/** Whether what came of an attempt (`Posted`) is a refusal: a status of 300 to 499 but those that pass. */
export function isRefusal(code: string): boolean {
  return /^[34]\d\d$/.test(code) && !PASSING.has(Number(code)) && Number(code) !== GONE
}

/** `Retry-After` in milliseconds from now on: seconds, or an instant (RFC 9110, 10.2.3). 0 for anything else. */
function readRetryAfter(text: string | null, now: Date): number {
  if (text === null) return 0
  const waitMs = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime()
  return Number.isNaN(waitMs) ? 0 : Math.min(Math.max(0, waitMs), LONGEST_MS)
}
