ALTER TABLE "onefold"."deliveries" ADD COLUMN "reread_by" jsonb;--> statement-breakpoint
ALTER TABLE "onefold"."deliveries" ADD COLUMN "reread_at" timestamp with time zone;--> statement-breakpoint
CREATE FUNCTION onefold.keep_changed_ordered_lines() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  DELETE FROM onefold.ordered_lines AS line USING gone
  WHERE (line.actor_id, line.event_id) = (gone.actor_id, gone.event_id);
  INSERT INTO onefold.ordered_lines (actor_id, event_id, occurred_at, order_key, is_line, amount)
  SELECT actor_id, event_id, occurred_at, order_key, kind = 'order_line', amount FROM fresh
  WHERE kind = 'order_line' OR order_key IS NOT NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_changed_ordered_lines AFTER UPDATE ON "onefold"."events"
REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION onefold.keep_changed_ordered_lines();
