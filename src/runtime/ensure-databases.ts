import { connectOwner, type ServerAddress } from './connect-owner.ts'
import type { ClusterPlace } from './locate-cluster.ts'

/** `onefold` keeps everything, `onefold_queue` the queue when Redis does not: a long snapshot slows its database. */
const DATABASES = ['onefold', 'onefold_queue'] as const

/** Creates the databases that are missing; existing ones are left alone. Call it under the start lock. */
export async function ensureDatabases(place: ClusterPlace, server: ServerAddress): Promise<void> {
  await connectOwner(place, server, async (sql) => {
    const rows = await sql<{ datname: string }[]>`select datname from pg_database`
    const present = new Set(rows.map((row) => row.datname))
    for (const name of DATABASES) {
      if (!present.has(name)) await sql`create database ${sql(name)}`
    }
  })
}
