import { setTimeout } from 'node:timers/promises'
import { anchorAudit } from '../../store/audit/anchor-audit.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { planForAny } from '../../store/plan-for-any.ts'
import { closeHeldPath, holdPath, releasePath } from '../../store/run/hold-path.ts'
import { translateError } from '../../store/translate-error.ts'
import type { Context } from '../context.ts'
import { resolveDue } from './resolve-due.ts'
import { settleArrived } from './settle-arrived.ts'

/** Stands in the place of a source while the path is held. */
const HOLDER = 'arrivals'

/** Actors that may wait for a pass; whoever brings more waits with them. */
const MOST_WAITING = 2_000
/** People whose sessions and features are made in one pass: some ten milliseconds, for which those who come meanwhile wait. */
const DERIVED_AT_ONCE = 25

/**
 * So long nobody has done anything until who is new, sessions and features take their turn: a pass of theirs is in the way of
 * who comes next.
 */
const QUIET_MS = 30
/** How long they may wait while people go on doing things. */
const LONGEST_PUT_OFF_MS = 100

/** Resolves and publishes what the ledger has, one pass after another. */
export interface Resolver {
  /** Says that the ledger has more, of these actors if it is events; resolves once it may be given others. */
  wake(actorIds: readonly string[]): Promise<void>
  /** Waits until all that it was told of is resolved, or left to a walk. */
  settle(): Promise<void>
}

/**
 * Opens one. What people who are known did shows in their segments first; who is new, sessions and features follow in
 * passes of their own, when nobody comes for a moment or they have waited long, few people at a time, so that nobody who
 * comes meanwhile waits long. What arrives during a pass shares the next, so that passes grow with the load instead of
 * their number. What fails is logged and stays due: for the next pass, or a walk.
 */
export function openResolver(context: Context): Resolver {
  let arrived = new Set<string>()
  let isDue = false
  let derivedAt = -Infinity
  let arrivedAt = -Infinity
  let isSettling = false
  let ring = (): void => {}
  let pass: Promise<unknown> = Promise.resolve()
  let passes: Promise<void> | undefined
  const run = async <T>(work: Promise<T>): Promise<T | undefined> => {
    const running = work.catch((failure: unknown) => {
      context.log.warn({ code: translateError(failure).code }, 'what arrived was not resolved; it stays due')
      return undefined
    })
    pass = running
    return running
  }
  /** Waits for whoever arrives, so long at most. */
  const hear = async (mostMs: number): Promise<void> => {
    const heard = new AbortController()
    ring = () => heard.abort()
    await setTimeout(mostMs, undefined, { signal: heard.signal }).catch(() => {})
  }
  const resolveAll = async (): Promise<void> => {
    while (arrived.size > 0 || isDue) {
      if (arrived.size > 0) {
        const actorIds = [...arrived]
        arrived = new Set()
        await run(judgeArrived(context, actorIds))
      }
      const putOffMs = isSettling
        ? 0
        : Math.min(derivedAt + LONGEST_PUT_OFF_MS, arrivedAt + QUIET_MS) - performance.now()
      if (putOffMs > 0) {
        if (arrived.size === 0) await hear(putOffMs)
        continue
      }
      isDue = (await run(resolveSome(context))) === true
      derivedAt = performance.now()
    }
    passes = undefined
  }
  return {
    wake: async (actorIds) => {
      for (const id of actorIds) arrived.add(id)
      if (actorIds.length > 0) arrivedAt = performance.now()
      isDue = true
      ring()
      passes ??= resolveAll()
      if (arrived.size >= MOST_WAITING) await pass
    },
    // Who is told of more meanwhile adds to the passes that are waited for.
    settle: async () => {
      isSettling = true
      ring()
      await passes
      isSettling = false
    },
  }
}

async function judgeArrived(context: Context, actorIds: readonly string[]): Promise<void> {
  const passId = context.newId()
  await inTransaction(context.store.sql, async (tx) => {
    const [, asOf] = await Promise.all([planForAny(tx), holdPath(tx, passId, HOLDER)])
    const notes = asOf === undefined ? [] : await settleArrived(context, tx, actorIds, asOf)
    await Promise.all([releasePath(tx, passId), appendAudit(tx, ...notes)])
  })
}

/**
 * Resolves who is new, and derives and publishes some of those that are due, in one transaction, unless a walk is on the
 * path or has it to do. Returns whether others are due.
 */
async function resolveSome(context: Context): Promise<boolean> {
  const passId = context.newId()
  const { root, isMoreDue } = await inTransaction(context.store.sql, async (tx) => {
    const [, asOf] = await Promise.all([planForAny(tx), holdPath(tx, passId, HOLDER)])
    const resolved =
      asOf === undefined ? undefined : await resolveDue(context, tx, passId, { asOf, isLive: true }, DERIVED_AT_ONCE)
    // Who merged or parted people is kept as a run, which their history names; of all others nothing is.
    const isKept = resolved?.isAnybodyNew === true
    const [, anchored] = await Promise.all([
      isKept ? closeHeldPath(tx, passId, resolved.counts) : releasePath(tx, passId),
      isKept ? anchorAudit(tx, ...resolved.notes) : appendAudit(tx, ...(resolved?.notes ?? [])),
    ])
    return { root: anchored ?? undefined, isMoreDue: (resolved?.counts['stitchedProfiles'] ?? 0) > 0 }
  })
  if (root !== undefined) await context.keepAnchor(root)
  return isMoreDue
}
