import { bigint, index, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Keyed 64-bit hashes under which records meet as candidates. */
export const blockingKeys = onefold.table(
  'blocking_keys',
  {
    key: bigint('key', { mode: 'bigint' }).notNull(),
    recordId: uuid('record_id').notNull(),
    /** Position of the rule in the rule list: a pair is emitted by the first rule that finds it. */
    rule: smallint('rule').notNull(),
    /** The narrower keys to use when this one holds too many records. */
    refined: bigint('refined', { mode: 'bigint' }).array(),
  },
  (t) => [
    primaryKey({ name: 'blocking_keys_pkey', columns: [t.key, t.recordId] }),
    index('blocking_keys_by_record').on(t.recordId),
  ],
)
