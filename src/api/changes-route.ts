import type { OpenAPIHono } from '@hono/zod-openapi'
import { streamSSE, type SSEStreamingApi } from 'hono/streaming'
import type { Context } from '../pipeline/context.ts'
import { nameChange, spellChange } from '../pipeline/feed/spell-change.ts'
import { CHANGE_KINDS } from '../profile/change-kind.ts'
import type { FeedPosition } from '../store/feed/change.ts'
import { findFeedEnd } from '../store/feed/find-feed-end.ts'
import { openChangeNotices } from '../store/feed/open-change-notices.ts'
import { loadChanges } from '../store/feed/load-changes.ts'
import { translateError } from '../store/translate-error.ts'
import { describeChanges } from './describe-routes.ts'
import type { Authenticate } from './open-authentication.ts'
import { refuse } from './problem.ts'

export const CHANGES_PATH = '/v1/changes'

const AT_ONCE = 500
/** How long what happened may lie before it is told where nothing wakes up who waits, or an older transaction of a walk held it back. */
const PAUSE_MS = 250
const FIRST_PAUSE_MS = 8
/** Proxies end what is silent for a minute, many of them after half of one. */
const LONGEST_SILENCE_MS = 15_000

/**
 * Adds `GET /v1/changes` [D4]: the change feed as server-sent events (WHATWG), from now on, or on from the place that a
 * client was told last. Ends when the server does.
 */
export function addChangesRoute(
  app: OpenAPIHono,
  context: Context,
  authenticate: Authenticate,
  closing: AbortSignal,
): void {
  const { sql } = context.store
  const notices = openChangeNotices(sql)
  app.openAPIRegistry.registerPath(describeChanges())
  app.get(CHANGES_PATH, async (request) => {
    await authenticate(request.req.header('authorization'))
    const kinds = parseKinds(request.req.query('kinds'))
    const after = parsePlace(request.req.header('last-event-id') ?? request.req.query('after'))
    let place = after ?? (await findFeedEnd(sql))
    const tell = async (stream: SSEStreamingApi): Promise<void> => {
      // Whoever comes back before anything was told goes on from here, too.
      await stream.write(`id: ${nameChange(place)}\n\n`)
      let toldAt = performance.now()
      let askedAt = -Infinity
      let pauseMs = FIRST_PAUSE_MS
      while (!stream.aborted && !closing.aborted) {
        // A key that is revoked meanwhile ends the stream.
        if (performance.now() - askedAt >= PAUSE_MS) {
          await authenticate(request.req.header('authorization'))
          askedAt = performance.now()
        }
        const seen = notices.count()
        const page = await loadChanges(sql, place, AT_ONCE)
        const wanted = page.filter(({ kind }) => kinds.has(kind))
        for (const change of wanted) {
          const { id, body } = spellChange(change)
          await stream.writeSSE({ id, event: change.kind, data: body })
        }
        place = page.at(-1) ?? place
        const now = performance.now()
        const isSilent = wanted.length === 0 && now - toldAt >= LONGEST_SILENCE_MS
        if (isSilent) await stream.write(`id: ${nameChange(place)}\n\n`)
        if (isSilent || wanted.length > 0) toldAt = now
        if (page.length === AT_ONCE) continue
        await notices.wait(seen, pauseMs, closing)
        // While a walk is open an older transaction may hold back what was just written: it is over soon, and tells nobody.
        pauseMs = notices.count() > seen ? FIRST_PAUSE_MS : Math.min(2 * pauseMs, PAUSE_MS)
      }
    }
    // What Hono would tell of a failure may hold anything.
    return streamSSE(request, (stream) =>
      tell(stream).catch((failure: unknown) =>
        context.log.warn({ code: translateError(failure).code }, 'a stream of changes ended'),
      ),
    )
  })
}

function parseKinds(text: string | undefined): ReadonlySet<string> {
  if (text === undefined) return new Set(CHANGE_KINDS)
  const kinds = text.split(',')
  const unknown = kinds.find((kind) => !(CHANGE_KINDS as readonly string[]).includes(kind))
  if (unknown === undefined) return new Set(kinds)
  throw refuse('api.unknown_kind', 'There is no such kind of change.', `Kinds are: ${CHANGE_KINDS.join(', ')}.`)
}

/** A place as `nameChange` names it. */
function parsePlace(text: string | undefined): FeedPosition | undefined {
  if (text === undefined) return undefined
  const [, xact, seq] = /^msg_(\d{1,19})_(\d{1,15})$/.exec(text) ?? []
  if (xact !== undefined) return { xact, seq: Number(seq) }
  throw refuse('api.unknown_place', 'This is no place of the feed.', 'Give the id of the last event you were told.')
}
