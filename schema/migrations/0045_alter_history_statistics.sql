-- Nobody asks what the lists of a history hold, and to count what is in them took over a second for 233,000 histories.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT attname FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
    WHERE attrelid = 'onefold.histories'::regclass AND attnum > 0 AND NOT attisdropped AND typcategory = 'A'
  LOOP
    EXECUTE format('ALTER TABLE onefold.histories ALTER COLUMN %I SET STATISTICS 0', name);
  END LOOP;
END $$;
