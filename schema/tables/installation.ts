import { sql } from 'drizzle-orm'
import { boolean, check } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/** One row: the mark of the master key that this database was filled under. */
export const installation = onefold.table(
  'installation',
  { only: boolean('only').primaryKey().default(true), keyMark: bytea('key_mark').notNull() },
  (t) => [check('installation_is_one', sql`${t.only}`)],
)
