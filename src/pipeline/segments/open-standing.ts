import { compileSegments } from '../../segment/compile-segments.ts'
import { judgeSegments } from '../../segment/evaluate-segments.ts'
import { loadStanding } from '../../store/behaviour/load-standing.ts'
import { inSnapshot } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { findSubject } from '../look/find-subject.ts'
import { notComputed } from './explain-membership.ts'

/** The segments somebody is in at an instant. */
export interface Standing {
  /** The pseudonym that consumers know them by. */
  readonly profileId: string
  readonly asOf: Date
  /** When counts, ranks and scores were computed last; times since something are exact. */
  readonly computedAt: Date
  readonly segments: readonly {
    readonly segment: string
    readonly version: number
    readonly name: string
    readonly reason: string
    /** Since when it is published; null when the next run will publish it. */
    readonly since: Date | null
    /** Until then it stays so if nothing happens; null when time alone does not end it. */
    readonly until: Date | null
  }[]
}

/**
 * Judges by the segments of the configuration, now, whomever a text names (`findSubject`) [J1]. Throws
 * `profile.not_found`, `profile.ambiguous` and `segment.not_computed` (not_found).
 */
export function openStanding(context: Context): (named: string) => Promise<Standing> {
  return async (named) => {
    const definitions = compileSegments(context.settings.segments)
    const profileId = await findSubject(context, named)
    const asOf = context.now()
    const { person, head, open } = await inSnapshot(context.store.sql, (tx) =>
      loadStanding(tx, profileId, definitions, asOf),
    )
    if (person === undefined || head === undefined) throw notComputed()
    const judged = judgeSegments(person, definitions, asOf.getTime())
    const since = new Map(open.map(({ segmentId, version, validFrom }) => [`${segmentId} ${version}`, validFrom]))
    return {
      ...head,
      asOf,
      segments: definitions.flatMap(({ id, version, name }) => {
        const { holds, until, tell } = judged.get(id)!
        const from = since.get(`${id} ${version}`)
        if (!holds) return []
        return {
          ...{ segment: id, version, name, reason: tell().reason },
          since: from === undefined ? null : new Date(from),
          until: Number.isFinite(until) ? new Date(until) : null,
        }
      }),
    }
  }
}
