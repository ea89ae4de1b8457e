DROP VIEW "onefold_out"."journeys";--> statement-breakpoint
DROP INDEX "onefold"."order_lines_by_actor";--> statement-breakpoint
ALTER TABLE "onefold"."events" ADD COLUMN "properties" jsonb;--> statement-breakpoint
-- Only what is a purchase has an order from now on.
UPDATE "onefold"."events" SET "order_key" = NULL WHERE "kind" <> 'order_line' AND "order_key" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "order_lines_by_actor" ON "onefold"."events" USING btree ("actor_id","occurred_at") WHERE kind = 'order_line' OR order_key IS NOT NULL;--> statement-breakpoint
CREATE VIEW "onefold"."order_lines" AS (SELECT member.profile_id, coalesce(line.order_key, line.event_id) AS order_key, line.event_id, line.occurred_at, line.amount
    FROM onefold.profile_members AS member JOIN onefold.events AS line ON line.actor_id = member.record_id
    WHERE (line.kind = 'order_line' OR line.order_key IS NOT NULL)
      AND (line.kind = 'order_line' OR NOT EXISTS (
        SELECT FROM onefold.profile_members AS own JOIN onefold.events AS other ON other.actor_id = own.record_id
        WHERE own.profile_id = member.profile_id AND other.order_key = line.order_key
          AND (other.kind = 'order_line' OR (other.occurred_at, other.event_id) < (line.occurred_at, line.event_id)))));--> statement-breakpoint
CREATE VIEW "onefold_out"."journeys" AS (SELECT visit.profile_id, visit.position, visit.started_at, visit.ended_at,
      extract(epoch FROM visit.ended_at - visit.started_at)::float8 AS duration_seconds,
      extract(epoch FROM greatest(visit.started_at, visit.ended_before) - visit.ended_before)::float8 AS pause_seconds,
      visit.device, visit.events, visit.page_views, visit.bounced, page.entry AS entry_page,
      page.exit AS exit_page, bought.purchases, bought.spent
    FROM (
      SELECT seen.person, seen.profile_id, seen.session_id, seen.stream, seen.started_at, seen.ended_at, seen.events, seen.page_views,
        seen.bounced,
        (row_number() OVER journey)::int AS position,
        max(seen.ended_at) OVER (journey ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended_before,
        (dense_rank() OVER (PARTITION BY seen.profile_id ORDER BY seen.device_since, seen.stream))::int AS device
      FROM (
        SELECT person.profile_id AS person, person.pseudonym AS profile_id, session.session_id, session.stream,
          session.started_at, session.ended_at, session.events, session.page_views, session.bounced,
          min(session.started_at) OVER (PARTITION BY person.pseudonym, session.stream) AS device_since
        FROM onefold.profiles AS person JOIN onefold.sessions AS session USING (profile_id)
        WHERE NOT session.quarantined
      ) AS seen
      WINDOW journey AS (PARTITION BY seen.profile_id ORDER BY seen.started_at, seen.ended_at, seen.session_id)
    ) AS visit
    LEFT JOIN LATERAL (
      SELECT count(DISTINCT line.order_key) FILTER (WHERE coalesce(line.amount, 1) > 0)::int AS purchases,
        coalesce(sum(line.amount::numeric), 0)::float8 AS spent
      FROM onefold.order_lines AS line
      WHERE line.profile_id = visit.person AND line.occurred_at BETWEEN visit.started_at AND visit.ended_at
        AND NOT EXISTS (
          SELECT FROM onefold.sessions AS later
          WHERE later.profile_id = visit.person AND NOT later.quarantined
            AND line.occurred_at BETWEEN later.started_at AND later.ended_at
            AND (later.started_at, later.ended_at, later.session_id) > (visit.started_at, visit.ended_at, visit.session_id))
    ) AS bought ON true
    LEFT JOIN LATERAL (
      SELECT (array_agg(coalesce(seen.name, seen.kind) ORDER BY seen.occurred_at, seen.event_id))[1] AS entry,
        (array_agg(coalesce(seen.name, seen.kind) ORDER BY seen.occurred_at DESC, seen.event_id DESC))[1] AS exit
      FROM onefold.profile_members AS member JOIN onefold.records AS record USING (record_id)
      JOIN onefold.events AS seen ON seen.actor_id = record.record_id
      WHERE member.profile_id = visit.person AND record.stream = visit.stream AND seen.kind IN ('page', 'screen')
        AND NOT seen.bot AND seen.occurred_at BETWEEN visit.started_at AND visit.ended_at
    ) AS page ON true);--> statement-breakpoint
COMMENT ON VIEW onefold_out.journeys IS 'What somebody did on all devices, one row a session, in their order. Those too long for a person are left out; of whom a run resolves anew there are none until it has stitched them.';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.profile_id IS 'The person, as in unified_profiles';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.position IS 'Place in the journey, from 1, by begin; changes when an earlier session becomes known';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.started_at IS 'Time of the first event';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.ended_at IS 'Time of the last event';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.duration_seconds IS 'From the first event to the last, to the millisecond; 0 of a single event';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.pause_seconds IS 'Since all sessions before were over; 0 when one still was not, null of the first';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.device IS 'Number of the device or browser, 1 being the first that this person used; says nothing of other people';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.events IS 'Events of the session';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.page_views IS 'Of these, pages and screens seen';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.bounced IS 'Whether nobody stayed, looked on or did something that counts';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.entry_page IS 'The page or screen seen first, by its declared name, else its kind; null without one';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.exit_page IS 'The page or screen seen last, as entry_page';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.purchases IS 'Orders that cost something, from whatever source, between its first and last event; of two sessions at once the later one has them';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.spent IS 'What order lines came to in it, net of returns, in the currency of the source';
