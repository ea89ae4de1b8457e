import type { Sql } from '../../src/store/open-store.ts'

/** Has runs begin at an instant, as if the database's clock stood there. */
export async function stopClock(sql: Sql, at: Date): Promise<void> {
  await sql.unsafe(`
    CREATE OR REPLACE FUNCTION onefold.stop_clock() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.started_at := '${at.toISOString()}'; RETURN NEW; END $$;
    CREATE OR REPLACE TRIGGER stop_clock BEFORE INSERT ON onefold.runs FOR EACH ROW EXECUTE FUNCTION onefold.stop_clock()`)
}
