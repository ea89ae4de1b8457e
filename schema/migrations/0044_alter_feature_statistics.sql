-- Plans ask of features who bought and whose they are, no more: of 65 columns a sample of 3,000 rows tells as much, in a
-- tenth of a second instead of one for 233,000 profiles, each time a walk has made them anew.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT attname FROM pg_attribute
    WHERE attrelid = 'onefold.features'::regclass AND attnum > 0 AND NOT attisdropped
  LOOP
    EXECUTE format('ALTER TABLE onefold.features ALTER COLUMN %I SET STATISTICS 10', name);
  END LOOP;
END $$;
