import type { Tx } from '../open-store.ts'
import type { FeedPosition } from './change.ts'

/** How far a webhook came under a lease. */
export interface WebhookProgress {
  /** The last change before which none is left to tell. */
  readonly reached: FeedPosition
  /** What the next one waits for; nothing when all went well. */
  readonly failure: { readonly attempts: number; readonly code: string; readonly waitMs: number } | undefined
  /** Changes that were refused for good. */
  readonly dead: readonly (FeedPosition & { readonly code: string })[]
}

/** Writes down how far a webhook came and gives its lease back; false, with nothing written, when another has it by now. */
export async function saveProgress(
  tx: Tx,
  webhook: string,
  lease: string,
  { reached, failure, dead }: WebhookProgress,
): Promise<boolean> {
  const { attempts, code, waitMs } = failure ?? { attempts: 0, code: null, waitMs: null }
  const next =
    waitMs === null
      ? tx`NULL`
      : waitMs === Infinity
        ? tx`'infinity'`
        : tx`clock_timestamp() + ${waitMs}::float8 * interval '1 millisecond'`
  const [row] = await tx<{ isOurs: boolean }[]>`
    WITH moved AS (
      UPDATE onefold.webhook_positions
      SET xact = ${reached.xact}::xid8, seq = ${reached.seq}, attempts = ${attempts}, last_code = ${code},
        next_at = ${next}, lease = NULL, leased_until = NULL
      WHERE webhook = ${webhook} AND lease = ${lease} RETURNING webhook
    )
    , put_aside AS (
    INSERT INTO onefold.webhook_dead_letters (webhook, xact, seq, code, at)
    SELECT webhook, xact::xid8, seq, code, clock_timestamp()
    FROM moved, unnest(
      ${dead.map((letter) => letter.xact)}::text[], ${dead.map((letter) => letter.seq)}::bigint[],
      ${dead.map((letter) => letter.code)}::text[]
    ) AS given (xact, seq, code)
    ON CONFLICT DO NOTHING)
    SELECT EXISTS (SELECT FROM moved) AS "isOurs"`
  return row?.isOurs === true
}
