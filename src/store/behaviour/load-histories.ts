import type { Writable } from '../../record/writable.ts'
import type { History } from '../../feature/count-activity.ts'
import type { EventWord, Vocabulary } from '../../feature/event-word.ts'
import type { EventStream, StreamEvent } from '../../session/event-stream.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { streamOf } from './claim-unstitched.ts'

/** The history of an actor, and the stream that it is part of. */
export interface ActorHistory extends History {
  readonly actorId: string
  readonly stream: string
  /** Absent, as are users, when nobody asks for them. */
  readonly campaigns?: readonly (string | null)[]
  readonly user?: string
}

/** The histories of people, read one person at a time, and what their words are. */
export interface Histories {
  readonly readOf: (profileId: string) => readonly ActorHistory[]
  readonly vocabulary: Vocabulary
}

/**
 * The histories of people, with campaigns and who had logged in only if sessions are cut by them. They are kept as the
 * database spells them: lists that lived until everybody is computed would be moved about with each garbage collection.
 */
export async function loadHistories(tx: Tx, profiles: readonly string[], withDetails: boolean): Promise<Histories> {
  const details = withDetails
    ? tx`array_to_json(history.campaigns)::text AS campaigns,
        (SELECT min(hash::text) FROM onefold.identifiers
          WHERE identifiers.record_id = member.record_id AND identifiers.kind = 'user_id') AS user`
    : tx`NULL AS campaigns, NULL AS user`
  const [vocabulary, rows] = await Promise.all([
    loadVocabulary(tx),
    tx<HistoryRow[]>`
      SELECT member.profile_id AS "profileId", member.record_id AS "actorId", ${streamOf(tx)} AS stream, at::text, words::text,
        CASE WHEN num_nonnulls(VARIADIC categories) > 0 THEN array_to_json(categories)::text END AS categories,
        CASE WHEN num_nonnulls(VARIADIC scroll_depths) > 0 THEN array_to_json(scroll_depths)::text END AS "scrollDepths",
        ${details}
      FROM onefold.profile_members AS member JOIN onefold.histories AS history ON history.actor_id = member.record_id
      WHERE member.profile_id = ANY(${spellArray(profiles)}::uuid[])`,
  ])
  const rowsOf = new Map<string, HistoryRow[]>()
  for (const row of rows) {
    const own = rowsOf.get(row.profileId)
    if (own === undefined) rowsOf.set(row.profileId, [row])
    else own.push(row)
  }
  return { readOf: (profileId) => (rowsOf.get(profileId) ?? []).map(readHistory), vocabulary }
}

/** Arrays as text: JSON, or numbers in braces. */
interface HistoryRow {
  readonly profileId: string
  readonly actorId: string
  readonly stream: string
  readonly at: string
  readonly words: string
  readonly categories: string | null
  readonly scrollDepths: string | null
  readonly campaigns: string | null
  readonly user: string | null
}

function readHistory({
  actorId,
  stream,
  at,
  words,
  categories,
  scrollDepths,
  campaigns,
  user,
}: HistoryRow): ActorHistory {
  const history: Writable<ActorHistory> = { actorId, stream, at: parseNumbers(at), words: parseNumbers(words) }
  if (categories !== null) history.categories = JSON.parse(categories) as (string | null)[]
  if (scrollDepths !== null) history.scrollDepths = JSON.parse(scrollDepths) as (number | null)[]
  if (campaigns !== null) history.campaigns = JSON.parse(campaigns) as (string | null)[]
  if (user !== null) history.user = user
  return history
}

/** What one person's histories tell of each stream, by the words of `vocabulary`; events of others are left out. */
export function listStreams(
  profileId: string,
  histories: readonly ActorHistory[],
  vocabulary: Vocabulary,
): EventStream[] {
  const streams = new Map<string, StreamEvent[]>()
  for (const { actorId, stream, at, words, campaigns, user } of histories) {
    const events = streams.get(stream) ?? []
    streams.set(stream, events)
    for (let n = 0; n < at.length; n += 1) {
      const word = vocabulary[words[n]!]
      if (word === undefined) continue
      const { kind, name } = word
      events.push({ actorId, at: at[n]!, kind, name: name ?? undefined, campaign: campaigns?.[n] ?? undefined, user })
    }
  }
  return Array.from(streams, ([stream, events]) => ({ profileId, stream, events }))
}

async function loadVocabulary(tx: Tx): Promise<Vocabulary> {
  const rows = await tx<(EventWord & { id: number })[]>`SELECT word_id AS id, kind, name FROM onefold.event_words`
  const words: (EventWord | undefined)[] = []
  for (const { id, kind, name } of rows) words[id] = { kind, name }
  return words
}

/** Of the text of an array of numbers. */
function parseNumbers(array: string): number[] {
  return JSON.parse(`[${array.slice(1, -1)}]`) as number[]
}
