import type { ChangeKind } from '../../profile/change-kind.ts'
import type { Change, FeedPosition } from '../../store/feed/change.ts'
import { leaseWebhook } from '../../store/feed/lease-webhook.ts'
import { loadChanges } from '../../store/feed/load-changes.ts'
import { saveProgress, type WebhookProgress } from '../../store/feed/save-progress.ts'
import type { Context } from '../context.ts'
import { deriveWebhookSecret } from './derive-webhook-secret.ts'
import { planRetry } from './plan-retry.ts'
import { postChange, type Posted } from './post-change.ts'
import { spellChange } from './spell-change.ts'

/** Changes that are told under one lease. */
const AT_ONCE = 200
/** Messages on the way to one receiver at a time. */
const LANES = 8
/** A page that takes longer is told by another worker, too: then twice. */
const LEASE_MS = 120_000
/** A receiver that refuses a change is asked so often before it is put aside. */
const REFUSALS = 3

/**
 * Tells each webhook of the configuration what has happened since it was told last [D4]. Every change is told at least
 * once, those of one person in their order; a receiver that fails is tried again later, with what follows waiting for it.
 * A change that is refused three times is put aside. An abort begins no further message. Returns how many were told.
 */
export async function tellWebhooks(context: Context, signal: AbortSignal): Promise<number> {
  const hooks = Object.entries(context.settings.webhooks)
  const told = await Promise.all(hooks.map(([name, hook]) => tellWebhook(context, name, hook, signal)))
  return told.reduce((sum, count) => sum + count, 0)
}

async function tellWebhook(
  context: Context,
  name: string,
  { url, changes: kinds }: Context['settings']['webhooks'][string],
  signal: AbortSignal,
): Promise<number> {
  const { sql } = context.store
  const receiver = { url, secret: deriveWebhookSecret(context.keyring, name) }
  let told = 0
  while (!signal.aborted) {
    const lease = context.newId()
    const begun = await leaseWebhook(sql, name, lease, LEASE_MS)
    if (begun === undefined) return told
    const page = await loadChanges(sql, begun, AT_ONCE)
    const wanted = page.filter(({ kind }) => kinds === undefined || kinds.includes(kind satisfies ChangeKind))
    const post = (change: Change): Promise<Posted> => postChange(receiver, spellChange(change), context.now())
    const posted = await postInLanes(wanted, post, signal)
    const progress = measureProgress(begun, page, wanted, posted)
    await saveProgress(sql, name, lease, progress)
    told += posted.filter((result) => result?.is === 'told').length
    if (progress.failure !== undefined)
      context.log.warn({ webhook: name, code: progress.failure.code }, 'a webhook could not be told')
    if (progress.failure !== undefined || page.length < AT_ONCE) return told
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
  begun: FeedPosition & { readonly attempts: number },
  page: readonly Change[],
  wanted: readonly Change[],
  posted: readonly (Posted | undefined)[],
): WebhookProgress {
  const first = posted.findIndex((result) => result?.is !== 'told')
  const stopped = wanted[first]
  if (stopped === undefined) return { reached: page.at(-1) ?? begun, failure: undefined, dead: [] }
  const before = page[page.indexOf(stopped) - 1] ?? begun
  // Where the first failed later than another, nothing was asked of it yet.
  const result = posted[first] ?? posted.find((each) => each !== undefined && each.is !== 'told')
  if (result === undefined || result.is === 'told') return { reached: before, failure: undefined, dead: [] }
  const attempts = before === begun ? begun.attempts + 1 : 1
  const { code, retryAfterMs } = result
  if (posted[first]?.is === 'refused' && attempts >= REFUSALS)
    return { reached: stopped, failure: undefined, dead: [{ xact: stopped.xact, seq: stopped.seq, code }] }
  const waitMs = result.is === 'gone' ? Infinity : planRetry(attempts, retryAfterMs)
  return { reached: before, failure: { attempts, code, waitMs }, dead: [] }
}
