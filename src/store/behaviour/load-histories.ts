import type { History } from '../../feature/count-activity.ts'
import type { EventWord, Vocabulary } from '../../feature/event-word.ts'
import type { EventStream, StreamEvent } from '../../session/event-stream.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { type DueActor, nameStream } from './claim-unstitched.ts'

/** The histories of the people that `people` (a query of `profile_id`) gives, by person, and what their words are. */
export async function loadHistories(
  tx: Tx,
  people: SqlFragment,
): Promise<{ readonly histories: ReadonlyMap<string, readonly History[]>; readonly vocabulary: Vocabulary }> {
  const [vocabulary, rows] = await Promise.all([
    loadVocabulary(tx),
    tx<{ profileId: string; at: string; words: string; categories: string | null; scrollDepths: string | null }[]>`
      SELECT profile_id AS "profileId", at::text, words::text,
        CASE WHEN num_nonnulls(VARIADIC categories) > 0 THEN array_to_json(categories)::text END AS categories,
        CASE WHEN num_nonnulls(VARIADIC scroll_depths) > 0 THEN array_to_json(scroll_depths)::text END AS "scrollDepths"
      FROM (${people}) AS person JOIN onefold.profile_members AS member USING (profile_id)
      JOIN onefold.histories ON actor_id = member.record_id`,
  ])
  const histories = new Map<string, History[]>()
  for (const { profileId, at, words, categories, scrollDepths } of rows) {
    const own = histories.get(profileId) ?? []
    histories.set(profileId, own)
    own.push({
      ...{ at: parseNumbers(at), words: parseNumbers(words) },
      ...(categories === null ? {} : { categories: JSON.parse(categories) as (string | null)[] }),
      ...(scrollDepths === null ? {} : { scrollDepths: JSON.parse(scrollDepths) as (number | null)[] }),
    })
  }
  return { histories, vocabulary }
}

/** A time before everything: intake takes nothing older than 1970. */
const BEGIN_MS = 0

/**
 * The events of some actors, of each from an instant on, by streams, without those of kinds that are `sessionless`. With
 * campaigns and who had logged in only if sessions are cut by them. A stream is read when it is asked for, so that few
 * events are held at a time.
 */
export async function loadTails(
  tx: Tx,
  actors: readonly (DueActor & { readonly sinceMs: number })[],
  sessionless: readonly string[],
  withDetails: boolean,
): Promise<Iterable<EventStream>> {
  const details = withDetails
    ? tx`array_to_json(history.campaigns[cut:])::text AS campaigns,
        (SELECT min(hash::text) FROM onefold.identifiers
          WHERE identifiers.record_id = given.actor_id AND identifiers.kind = 'user_id') AS user`
    : tx`NULL AS campaigns, NULL AS user`
  const [vocabulary, tails] = await Promise.all([
    loadVocabulary(tx),
    tx<Tail[]>`
      SELECT given.place::int, history.at[cut:]::text AS at, history.words[cut:]::text AS words, ${details}
      FROM unnest(
        ${spellArray(actors.map(({ actorId }) => actorId))}::uuid[],
        ${spellArray(actors.map(({ sinceMs }) => Math.max(sinceMs, BEGIN_MS)))}::bigint[]
      ) WITH ORDINALITY AS given (actor_id, since, place)
      JOIN onefold.histories AS history USING (actor_id)
      CROSS JOIN LATERAL (SELECT width_bucket(given.since - 1, history.at) + 1 AS cut) AS told`,
  ])
  const tailsOf = new Map<string, Tail[]>()
  for (const tail of tails) {
    const name = nameStream(actors[tail.place - 1]!)
    const own = tailsOf.get(name)
    if (own === undefined) tailsOf.set(name, [tail])
    else own.push(tail)
  }
  return readStreams(actors, tailsOf, vocabulary, new Set(sessionless))
}

/** What is asked of the history of the actor at a place, 1 the first. */
interface Tail {
  readonly place: number
  readonly at: string
  readonly words: string
  readonly campaigns: string | null
  readonly user: string | null
}

function* readStreams(
  actors: readonly DueActor[],
  tailsOf: ReadonlyMap<string, readonly Tail[]>,
  vocabulary: Vocabulary,
  sessionless: ReadonlySet<string>,
): Iterable<EventStream> {
  for (const tails of tailsOf.values()) {
    const events: StreamEvent[] = []
    for (const { place, at, words, campaigns, user } of tails) {
      const { actorId } = actors[place - 1]!
      const [times, spoken] = [parseNumbers(at), parseNumbers(words)]
      const campaignOf = campaigns === null ? [] : (JSON.parse(campaigns) as (string | null)[])
      for (let n = 0; n < times.length; n += 1) {
        const { kind, name } = vocabulary.get(spoken[n]!) as EventWord
        if (sessionless.has(kind)) continue
        const campaign = campaignOf[n] ?? undefined
        events.push({ actorId, at: times[n]!, kind, name: name ?? undefined, campaign, user: user ?? undefined })
      }
    }
    const { profileId, stream } = actors[tails[0]!.place - 1]!
    if (events.length > 0) yield { profileId, stream, events }
  }
}

async function loadVocabulary(tx: Tx): Promise<Vocabulary> {
  const rows = await tx<(EventWord & { id: number })[]>`SELECT word_id AS id, kind, name FROM onefold.event_words`
  return new Map(rows.map(({ id, kind, name }) => [id, { kind, name }]))
}

/** Of the text of an array of numbers. */
function parseNumbers(array: string): number[] {
  return JSON.parse(`[${array.slice(1, -1)}]`) as number[]
}
