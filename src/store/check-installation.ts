import type { Sql } from './open-store.ts'

/** Leaves the key's mark in a new database, and tells whether this one bears it. */
export async function checkInstallation(sql: Sql, keyMark: Buffer): Promise<boolean> {
  await sql`INSERT INTO onefold.installation (key_mark) VALUES (${keyMark}) ON CONFLICT DO NOTHING`
  const [row] = await sql<{ key_mark: Buffer }[]>`SELECT key_mark FROM onefold.installation`
  return row?.key_mark.equals(keyMark) ?? false
}
