import { sql } from 'drizzle-orm'
import { bigint, integer, text, timestamp } from 'drizzle-orm/pg-core'
import { onefoldOut, xid8 } from './schemas.ts'

/**
 * The change feed as consumers read it [D4]: whoever reads on from `(xact, seq)` misses none. Passes write to it one after
 * another, in the order of their numbers (`holdPart`), so what they wrote shows with their commit. A walk is many
 * transactions at a time: while one is open, a change shows when none that began before its own is still running.
 */
export const changeFeed = onefoldOut
  .view('change_feed', {
    xact: xid8('xact').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    kind: text('kind').notNull(),
    profileId: text('profile_id').notNull(),
    toProfileId: text('to_profile_id'),
    segmentId: text('segment_id'),
    version: integer('version'),
    revision: integer('revision'),
    at: timestamp('at', { withTimezone: true }).notNull(),
  })
  .as(
    sql`SELECT change.xact, change.seq, change.kind, person.pseudonym AS profile_id, other.pseudonym AS to_profile_id,
      change.payload ->> 'segment' AS segment_id, (change.payload ->> 'version')::int AS version,
      (change.payload ->> 'revision')::int AS revision, change.at
    FROM onefold.outbox AS change
    JOIN onefold.profiles AS person ON person.profile_id = change.subject::uuid
    LEFT JOIN onefold.profiles AS other ON other.profile_id = (change.payload ->> 'to')::uuid
    WHERE change.xact < (
      SELECT CASE WHEN EXISTS (SELECT FROM onefold.runs WHERE runs.kind = 'pipeline' AND runs.state = 'open')
        THEN pg_snapshot_xmin(pg_current_snapshot()) ELSE pg_snapshot_xmax(pg_current_snapshot()) END)`,
  )
