import { integer, text, unique } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** The kinds and declared names that events have, numbered as they are met. */
export const eventWords = onefold.table(
  'event_words',
  {
    wordId: integer('word_id').primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    name: text('name'),
  },
  (t) => [unique('event_words_differ').on(t.kind, t.name).nullsNotDistinct()],
)
