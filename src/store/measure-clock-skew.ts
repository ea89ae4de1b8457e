import type { Sql } from './open-store.ts'

/** Milliseconds by which this machine's clock is ahead of the database's, half the round trip allowed for. */
export async function measureClockSkew(sql: Sql, now: () => Date): Promise<number> {
  await sql`SELECT 1`
  const before = now().getTime()
  const [row] = await sql<{ at: number }[]>`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at`
  const after = now().getTime()
  return (before + after) / 2 - (row?.at ?? 0)
}
