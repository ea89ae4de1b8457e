import { primaryKey, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Versions of a record that were accepted and are not its newest, so that one delivered again is known as a repeat. */
export const recordVersions = onefold.table(
  'record_versions',
  {
    recordId: uuid('record_id').notNull(),
    fingerprint: uuid('fingerprint').notNull(),
  },
  (t) => [primaryKey({ name: 'record_versions_pkey', columns: [t.recordId, t.fingerprint] })],
)
