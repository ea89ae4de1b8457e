import { DEFAULT_COHESION } from '../../identity/index-graph.ts'
import { DEFAULT_BLOCKING_RULES } from '../../matching/blocking-rules.ts'
import { resolveInMemory, type ResolvableRecord } from '../../matching/resolve-in-memory.ts'
import { loadDecidedPairs } from '../../store/decision/load-decided-pairs.ts'
import { findProtections } from '../../store/decision/find-protections.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import { loadStreams } from '../../store/behaviour/load-streams.ts'
import type { Check } from '../../store/verify/check.ts'
import { loadMemberships, loadSessionKeys } from '../../store/verify/load-derived.ts'
import type { Context } from '../context.ts'
import { UNHEARD } from '../report-progress.ts'
import { composeSessionSettings } from '../derive/compose-session-settings.ts'
import { SESSIONLESS_KINDS } from '../../session/session.ts'
import { type NamedSession, stitchStream } from '../../session/stitch-stream.ts'
import { withoutBlocked } from '../resolve/judge-stored-pairs.ts'
import { loadJudging } from '../resolve/load-judging.ts'
import { openRecords } from '../resolve/open-records.ts'
import { MAX_GROUP } from '../resolve/plan-reach.ts'

/**
 * Derives clusters and sessions anew from the ledger, all at once and in memory, and compares them with what runs
 * have built up step by step. Memory grows with the records: some 3 KB each.
 */
export async function verifyRebuild(context: Context, report = UNHEARD): Promise<Check[]> {
  const { sql } = context.store
  const memberships = await loadMemberships(sql)
  const blocked = await findBlockedIdentifiers(sql)
  const records: ResolvableRecord[] = []
  for await (const { recordId: id, seq, updatedAt, record } of openRecords(context, sql, [...memberships.keys()])) {
    report(records.length + 1, memberships.size)
    records.push({
      ...{ id, seq, record: withoutBlocked(context, record, blocked), keyed: record },
      ...(updatedAt !== null && { updatedAtMs: updatedAt.getTime() }),
    })
  }
  const judging = await loadJudging(context, sql)
  const { clusters } = resolveInMemory(records, {
    ...judging.open(records.map(({ record }) => record)),
    rules: DEFAULT_BLOCKING_RULES,
    maxBlock: context.settings.identity.max_block,
    maxGroup: MAX_GROUP,
    cohesion: DEFAULT_COHESION,
    decisions: (await loadDecidedPairs(sql))
      .filter(({ a, b }) => memberships.has(a) && memberships.has(b))
      .map(({ a, b, verdict }) => ({ a, b, decision: verdict })),
    protectedIds: await findProtections(sql),
  })
  const strays = clusters.filter((members) => new Set(members.map((id) => memberships.get(id))).size > 1)
  const profiles = new Set(memberships.values())
  const sessions = await rebuildSessions(context, [...profiles])
  return [
    {
      promise: 'resolving the ledger anew gives the same profiles',
      checked: clusters.length,
      broken: strays.length + Math.abs(clusters.length - profiles.size),
      examples: strays.slice(0, 5).map((members) => members[0] ?? ''),
    },
    sessions,
  ]
}

async function rebuildSessions(context: Context, profiles: readonly string[]): Promise<Check> {
  const settings = composeSessionSettings(context.settings.events)
  const stored = await loadSessionKeys(context.store.sql)
  const streams = await loadStreams(context.store.sql, profiles, SESSIONLESS_KINDS, settings.cutOnUser)
  const rebuilt = streams.flatMap((stream) => stitchStream(stream, settings)).map(spellSession)
  const missing = rebuilt.filter((key) => !stored.delete(key))
  return {
    promise: 'stitching all events anew gives the same sessions',
    checked: rebuilt.length,
    broken: missing.length + stored.size,
    examples: [...missing, ...stored].slice(0, 5).map((key) => key.slice(0, 36)),
  }
}

/** As `loadSessionKeys` gives what is stored. */
function spellSession({ sessionId, profileId, session }: NamedSession): string {
  const { startedAt, endedAt, events, pageViews, bounced, quarantined } = session
  const flags = [bounced, quarantined].map((flag) => (flag ? 't' : 'f'))
  return [sessionId, profileId, startedAt, endedAt, events, pageViews, ...flags].join(' ')
}
