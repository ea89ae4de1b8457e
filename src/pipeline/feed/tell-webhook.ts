import type { ChangeKind } from '../../profile/change-kind.ts'
import type { Change } from '../../store/feed/change.ts'
import { leaseWebhook, type WebhookLease } from '../../store/feed/lease-webhook.ts'
import { loadChanges } from '../../store/feed/load-changes.ts'
import { saveProgress, type WebhookProgress } from '../../store/feed/save-progress.ts'
import type { Context } from '../context.ts'
import { deriveWebhookSecret } from './derive-webhook-secret.ts'
import { planRetry } from './plan-retry.ts'
import { isRefusal, postChange, type Posted } from './post-change.ts'
import { findWebhook } from './find-webhook.ts'
import { spellChange } from './spell-change.ts'

/** Changes that are told under one lease. */
const AT_ONCE = 200
/** Messages on the way to one receiver at a time. */
const LANES = 8
const LEASE_MS = 120_000
/** No message is begun that might not have ended with the lease: others would tell the page, too. */
const BEGINNING_MS = 100_000
/** A receiver that refuses a change is asked so often before it is put aside. */
const REFUSALS = 3

/**
 * Tells a webhook of the configuration what has happened since it was told last [D4]. Every change is told at least
 * once, those of one person in their order; a receiver that fails is tried again later, with what follows waiting for it.
 * A change that is refused three times running is put aside. An abort begins no further message. Returns how many were told.
 * Throws `webhook.unknown` (settings).
 */
export async function tellWebhook(context: Context, name: string, signal: AbortSignal): Promise<number> {
  const { url, changes: kinds } = findWebhook(context, name)
  const { sql } = context.store
  const receiver = { url, secret: deriveWebhookSecret(context.keyring, name) }
  const post = (change: Change): Promise<Posted> => postChange(receiver, spellChange(change), context.now())
  let told = 0
  while (!signal.aborted) {
    const lease = context.newId()
    const begun = await leaseWebhook(sql, name, lease, LEASE_MS)
    if (begun === undefined) break
    const ending = AbortSignal.any([signal, AbortSignal.timeout(BEGINNING_MS)])
    const page = await loadChanges(sql, begun, AT_ONCE)
    const wanted = page.filter(({ kind }) => kinds === undefined || kinds.includes(kind satisfies ChangeKind))
    const posted = await postInLanes(wanted, post, ending)
    const progress = measureProgress(begun, page, wanted, posted)
    const isOurs = await saveProgress(sql, name, lease, progress)
    told += posted.filter((result) => result?.is === 'told').length
    if (progress.failure !== undefined)
      context.log.warn({ webhook: name, code: progress.failure.code }, 'a webhook could not be told')
    if (progress.failure !== undefined || !isOurs || page.length < AT_ONCE) break
  }
  return told
}

/** Posts changes, those of one person one after another; after a failure nothing more is begun. */
async function postInLanes(
  changes: readonly Change[],
  post: (change: Change) => Promise<Posted>,
  signal: AbortSignal,
): Promise<(Posted | undefined)[]> {
  const posted = new Array<Posted | undefined>(changes.length).fill(undefined)
  const people = new Map<string, number[]>()
  for (const [at, { profileId }] of changes.entries()) people.set(profileId, [...(people.get(profileId) ?? []), at])
  const waiting = [...people.values()]
  const walk = async (): Promise<void> => {
    for (let own = waiting.shift(); own !== undefined; own = waiting.shift())
      for (const at of own) {
        if (signal.aborted) return
        posted[at] = await post(changes[at] as Change)
        if (posted[at].is !== 'told') {
          waiting.length = 0
          return
        }
      }
  }
  await Promise.all(Array.from({ length: LANES }, walk))
  return posted
}

/** How far a page brought a webhook: up to the first change that was not told, unless that one is put aside. */
function measureProgress(
  begun: WebhookLease,
  page: readonly Change[],
  wanted: readonly Change[],
  posted: readonly (Posted | undefined)[],
): WebhookProgress {
  const first = posted.findIndex((result) => result?.is !== 'told')
  const stopped = wanted[first]
  if (stopped === undefined) return { reached: page.at(-1) ?? begun, failure: undefined, dead: [] }
  const before = page[page.indexOf(stopped) - 1] ?? begun
  const earlier = before === begun ? begun : { attempts: 0, lastCode: null }
  // Where another failed and this one was not tried, it is the receiver that failed.
  const result = posted[first] ?? posted.find((each) => each !== undefined && each.is !== 'told')
  if (result === undefined || result.is === 'told') {
    const { attempts, lastCode: code } = earlier
    return { reached: before, failure: code === null ? undefined : { attempts, code, waitMs: 0 }, dead: [] }
  }
  const { code, retryAfterMs } = result
  // Refusals count running: what failed for another reason before was not refused.
  const isAgain = earlier.lastCode !== null && isRefusal(earlier.lastCode) === (result.is === 'refused')
  const counted = isAgain ? earlier.attempts : 0
  const attempts = posted[first] === undefined ? Math.max(counted, 1) : counted + 1
  if (posted[first]?.is === 'refused' && attempts >= REFUSALS)
    return { reached: stopped, failure: undefined, dead: [{ xact: stopped.xact, seq: stopped.seq, code }] }
  const waitMs = result.is === 'gone' ? Infinity : planRetry(attempts, retryAfterMs)
  return { reached: before, failure: { attempts, code, waitMs }, dead: [] }
}
