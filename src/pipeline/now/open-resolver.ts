import { setTimeout } from 'node:timers/promises'
import { anchorAudit } from '../../store/audit/anchor-audit.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { planForAny } from '../../store/plan-for-any.ts'
import { closeHeldPath, holdPart, holdPath, releasePath } from '../../store/run/hold-path.ts'
import { translateError } from '../../store/translate-error.ts'
import type { Context } from '../context.ts'
import { deriveKnown } from './derive-known.ts'
import { resolveDue } from './resolve-due.ts'
import { tellPeople } from './tell-people.ts'

/** Stands in the place of a source while the path is held. */
const HOLDER = 'arrivals'

/** Actors that may wait for a pass; whoever brings more waits with them. */
const MOST_WAITING = 2_000
/** People whose sessions and features are made in one pass: some ten milliseconds of both cores. */
const DERIVED_AT_ONCE = 20
/** Shortest pause between two such passes while people go on doing things: they share the cores. */
const PAUSE_MS = 100
/**
 * A pause is so many times as long as the pass before it, so that a sixth of the time is theirs on a slow machine, too, and
 * those who arrive are told of sooner (p99 189 and 210 ms instead of 243 and 275 in turn, `bench realtime`).
 */
const PAUSE_PASSES = 5
/** Longest pause: a pass of many who are new does not put off those after it for longer. */
const MOST_PAUSE_MS = 1_000
/** Nobody has done anything for so long: then there is no pause. */
const QUIET_MS = 60
/** People of whom one pass tells what such passes made, beside who arrived. */
const TOLD_AT_ONCE = 50

/** Resolves and publishes what the ledger has, one pass after another. */
export interface Resolver {
  /** Says that the ledger has more, of these actors if it is events; resolves once it may be given others. */
  wake(actorIds: readonly string[]): Promise<void>
  /** Waits until all that it was told of is resolved, or left to a walk. */
  settle(): Promise<void>
}

/**
 * Opens one. What people who are known did shows in their segments first; who is new, sessions and features follow in
 * passes of their own beside those, one every now and then, few people at a time. What arrives during a pass shares the
 * next, so that passes grow with the load instead of their number. What fails is logged and stays due: for the next pass, or a
 * walk.
 */
export function openResolver(context: Context): Resolver {
  let arrived = new Set<string>()
  let isUntold = false
  let isDue = false
  let deriveAt = -Infinity
  let arrivedAt = -Infinity
  let isSettling = false
  let ring = (): void => {}
  let pass: Promise<unknown> = Promise.resolve()
  let telling: Promise<void> | undefined
  let deriving: Promise<void> | undefined
  const run = async <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((failure: unknown) => {
      context.log.warn({ code: translateError(failure).code }, 'what arrived was not resolved; it stays due')
      return undefined
    })
  const tellAll = async (): Promise<void> => {
    let isMoreUntold = false
    do {
      const actorIds = [...arrived]
      arrived = new Set()
      const most: number = isUntold || isMoreUntold ? TOLD_AT_ONCE : 0
      isUntold = false
      const published: Promise<number | undefined> = run(tellSome(context, actorIds, most))
      pass = published
      isMoreUntold = (await published) === TOLD_AT_ONCE
    } while (arrived.size > 0 || isMoreUntold)
    telling = undefined
  }
  /** Waits until who is new, sessions and features may take their turn. */
  const putOff = async (): Promise<void> => {
    for (;;) {
      const ms = Math.min(deriveAt, arrivedAt + QUIET_MS) - performance.now()
      if (ms <= 0 || isSettling) break
      const stopped = new AbortController()
      ring = () => stopped.abort()
      await setTimeout(ms, undefined, { signal: stopped.signal }).catch(() => {})
    }
    await pass
  }
  const resolveAll = async (): Promise<void> => {
    while (isDue || isUntold) {
      await putOff()
      // What nobody who arrived took along comes first.
      if (isUntold) {
        telling ??= tellAll()
        continue
      }
      isDue = false
      const startedAt = performance.now()
      const resolved = await run(resolveSome(context))
      const endedAt = performance.now()
      deriveAt = endedAt + Math.min(MOST_PAUSE_MS, Math.max(PAUSE_MS, PAUSE_PASSES * (endedAt - startedAt)))
      isDue ||= resolved?.isMoreDue === true
      isUntold ||= resolved?.isUntold === true
    }
    deriving = undefined
  }
  return {
    wake: async (actorIds) => {
      for (const id of actorIds) arrived.add(id)
      if (actorIds.length > 0) {
        arrivedAt = performance.now()
        telling ??= tellAll()
      }
      isDue = true
      deriving ??= resolveAll()
      if (arrived.size >= MOST_WAITING) await pass
    },
    // Who is told of more meanwhile adds to the passes that are waited for.
    settle: async () => {
      isSettling = true
      ring()
      await deriving
      await telling
      isSettling = false
    },
  }
}

/** Tells of who arrived, and of some whose features are new; returns of how many of the latter. */
async function tellSome(context: Context, actorIds: readonly string[], mostPublished: number): Promise<number> {
  return inTransaction(context.store.sql, async (tx) => {
    const [, isHeld] = await Promise.all([planForAny(tx), holdPart(tx, 'telling')])
    if (!isHeld) return 0
    const { published, notes } = await tellPeople(context, tx, actorIds, mostPublished)
    await appendAudit(tx, ...notes)
    return published
  })
}

/** What a pass left: others who are due, and people of whom something is to be told. */
interface Left {
  readonly isMoreDue: boolean
  readonly isUntold: boolean
}

/**
 * Makes sessions and features of some of those that are due; when anybody is new, who is who before, and publishes it. One
 * transaction, unless a walk is on the path or has it to do.
 */
async function resolveSome(context: Context): Promise<Left> {
  const passId = context.newId()
  const { root, left } = await inTransaction(context.store.sql, async (tx) => {
    const [, isHeld] = await Promise.all([planForAny(tx), holdPart(tx, 'deriving')])
    const derived = isHeld ? await deriveKnown(context, tx, DERIVED_AT_ONCE) : 0
    if (derived !== undefined) return { left: { isMoreDue: derived > 0, isUntold: derived > 0 } }
    const asOf = await holdPath(tx, passId, HOLDER)
    const resolved =
      asOf === undefined ? undefined : await resolveDue(context, tx, passId, { asOf, isLive: true }, DERIVED_AT_ONCE)
    // Who merged or parted people is kept as a run, which their history names; of all others nothing is.
    const isKept = resolved?.isAnybodyNew === true
    const [, anchored] = await Promise.all([
      isKept ? closeHeldPath(tx, passId, resolved.counts) : releasePath(tx, passId),
      isKept ? anchorAudit(tx, ...resolved.notes) : appendAudit(tx, ...(resolved?.notes ?? [])),
    ])
    const isMoreDue = (resolved?.counts['stitchedProfiles'] ?? 0) > 0
    return { root: anchored ?? undefined, left: { isMoreDue, isUntold: false } }
  })
  if (root !== undefined) await context.keepAnchor(root)
  return left
}
