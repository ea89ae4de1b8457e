import { index, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Which record carries which identifier; the value itself is only here as a keyed hash of kind and value. */
export const identifiers = onefold.table(
  'identifiers',
  { hash: uuid('hash').notNull(), recordId: uuid('record_id').notNull(), kind: text('kind').notNull() },
  (t) => [
    primaryKey({ name: 'identifiers_pkey', columns: [t.hash, t.recordId] }),
    index('identifiers_by_record').on(t.recordId),
  ],
)
