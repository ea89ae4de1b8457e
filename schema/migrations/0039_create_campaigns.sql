CREATE TABLE "onefold"."campaigns" (
	"campaign" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE OR REPLACE VIEW "onefold_out"."journeys" AS (SELECT visit.profile_id, visit.position, visit.started_at, visit.ended_at,
      extract(epoch FROM visit.ended_at - visit.started_at)::float8 AS duration_seconds,
      extract(epoch FROM greatest(visit.started_at, visit.ended_before) - visit.ended_before)::float8 AS pause_seconds,
      visit.device, visit.events, visit.page_views, visit.bounced, page.entry AS entry_page,
      page.exit AS exit_page, bought.purchases, bought.spent,
      coalesce(named.name, 'c_' || translate(page.campaign::text, '-', '')) AS campaign
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
      SELECT (array_agg(coalesce(seen.name, seen.kind) ORDER BY seen.occurred_at, seen.event_id)
          FILTER (WHERE seen.kind IN ('page', 'screen')))[1] AS entry,
        (array_agg(coalesce(seen.name, seen.kind) ORDER BY seen.occurred_at DESC, seen.event_id DESC)
          FILTER (WHERE seen.kind IN ('page', 'screen')))[1] AS exit,
        (array_agg(seen.campaign ORDER BY seen.occurred_at, seen.event_id) FILTER (WHERE seen.campaign IS NOT NULL))[1] AS campaign
      FROM onefold.profile_members AS member JOIN onefold.records AS record USING (record_id)
      JOIN onefold.events AS seen ON seen.actor_id = record.record_id
      WHERE member.profile_id = visit.person AND record.stream = visit.stream AND NOT seen.bot
        AND seen.kind NOT IN ('order_line', 'identify', 'group', 'alias', 'ticket', 'message')
        AND seen.occurred_at BETWEEN visit.started_at AND visit.ended_at
    ) AS page ON true
    LEFT JOIN onefold.campaigns AS named ON named.campaign = page.campaign);--> statement-breakpoint
COMMENT ON COLUMN onefold_out.journeys.campaign IS 'The first campaign that the session names: by its name if events.campaigns declares it, else c_ and a keyed hash, the same for the same campaign; null without one';
