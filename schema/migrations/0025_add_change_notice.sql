-- Streams of changes wake up when there are some, instead of looking.
CREATE FUNCTION onefold.notify_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NOTIFY onefold_changes;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER notify_change AFTER INSERT ON onefold.outbox FOR EACH STATEMENT EXECUTE FUNCTION onefold.notify_change();
