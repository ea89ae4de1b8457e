import { integer, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** How often a content was seen within one delivery, for sources whose identical lines are real (`repeats: keep`). */
export const repeatCounts = onefold.table(
  'repeat_counts',
  { deliveryId: uuid('delivery_id').notNull(), content: uuid('content').notNull(), seen: integer('seen').notNull() },
  (t) => [primaryKey({ name: 'repeat_counts_pkey', columns: [t.deliveryId, t.content] })],
)
