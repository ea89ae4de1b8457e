import { integer, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/** Trained models, each version for good: what was judged under one can be judged again. */
export const models = onefold.table('models', {
  version: integer('version').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  /** `trained` from the ledger, or `imported` from a file. */
  origin: text('origin').notNull(),
  /** Records that training looked at. */
  trainedRecords: integer('trained_records').notNull(),
  /** When a run first judged by it; null until one does. `model_applications` says which one judges now. */
  appliedAt: timestamp('applied_at', { withTimezone: true }),
  /** The model as its file says it: values that are common are names, so it is sealed. */
  sealed: bytea('sealed').notNull(),
})
