import type { Sql } from '../open-store.ts'

/** Fewer changed rows than this leave plans as good as they were. */
const FEWEST_CHANGES = 10_000

/** A table with so many times as many rows deleted as left is read for what is not there. */
const EMPTIED = 10

/** And an index of fewer pages more is read whole about as fast as an entry is found in it. */
const FEWEST_PAGES = 10

/**
 * Has the server look anew at the tables that changed by a tenth since it last did, or of which an index has more than
 * doubled, and returns their names; those of them that were emptied are cleared, too. Autovacuum has the first rule but looks
 * once a minute: until then the statements that go by index are planned as if the tables were empty. The second is for
 * indexes of few rows of a large table: planned for as empty, one is read whole for each look-up (2026, order lines that
 * came after five million other events: over six minutes for what takes a tenth of a second). Of a table in which everybody
 * was due, whoever asks for the next reads past all of them (2026, 240,000 in a tenth of a second, for each pass). Owners may
 * analyze, so it is done as who connected, not as the role that works; where that is no owner either, the server leaves a
 * table out and autovacuum does it.
 */
export async function analyzeChanged(sql: Sql): Promise<string[]> {
  const changed = await sql<{ name: string; isEmptied: boolean }[]>`
    SELECT format('%I.%I', schemaname, stats.relname) AS name,
      n_dead_tup >= ${FEWEST_CHANGES} AND n_dead_tup >= ${EMPTIED} * n_live_tup AS "isEmptied"
    FROM pg_stat_user_tables AS stats JOIN pg_class AS class ON class.oid = stats.relid
    WHERE schemaname IN ('onefold', 'onefold_out') AND (
      (n_mod_since_analyze >= ${FEWEST_CHANGES} AND n_mod_since_analyze >= 0.1 * class.reltuples)
      OR EXISTS (
        SELECT FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid WHERE indrelid = stats.relid
          AND pg_relation_size(indexrelid) / current_setting('block_size')::int > 2 * index.relpages + ${FEWEST_PAGES}))
    ORDER BY name`
  if (changed.length === 0) return []
  // Clearing is refused in a transaction.
  const connection = await sql.reserve()
  try {
    await connection`SET ROLE NONE`
    for (const { name, isEmptied } of changed) {
      await connection.unsafe(`${isEmptied ? 'VACUUM (ANALYZE)' : 'ANALYZE'} ${name}`)
    }
  } finally {
    await connection`RESET ROLE`
    connection.release()
  }
  return changed.map(({ name }) => name)
}
