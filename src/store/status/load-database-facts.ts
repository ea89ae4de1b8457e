import type { Tx } from '../open-store.ts'

export interface DatabaseFacts {
  /** `18.4`. */
  readonly version: string
  /** 180004. */
  readonly versionNumber: number
  readonly name: string
  readonly bytes: number
}

/** The server and how large the database is on disk. */
export async function loadDatabaseFacts(tx: Tx): Promise<DatabaseFacts> {
  const [facts] = await tx<DatabaseFacts[]>`
    SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
           current_setting('server_version_num')::int AS "versionNumber",
           current_database() AS name, pg_database_size(current_database()) AS bytes`
  return facts as DatabaseFacts
}
