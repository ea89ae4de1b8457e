import { OnefoldError } from '../errors.ts'

/** Where the queue of a database is: the same server, the database's name and `_queue`. Throws `database_url.malformed`. */
export function nameQueueDatabase(databaseUrl: string): { readonly name: string; readonly url: string } {
  const address = parseDatabaseUrl(databaseUrl)
  const name = `${decodeURIComponent(address.pathname.slice(1)) || 'postgres'}_queue`
  address.pathname = `/${encodeURIComponent(name)}`
  return { name, url: address.href }
}

function parseDatabaseUrl(text: string): URL {
  const address = URL.canParse(text) ? new URL(text) : undefined
  if (address === undefined || !/^postgres(ql)?:$/.test(address.protocol)) {
    throw new OnefoldError(
      'settings',
      'database_url.malformed',
      'DATABASE_URL is not the address of a PostgreSQL database.',
      {
        hint: 'Write it as postgres://user:password@host:5432/database.',
      },
    )
  }
  return address
}
