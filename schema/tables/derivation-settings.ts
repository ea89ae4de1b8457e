import { jsonb, text } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** By what settings that which is derived was derived last: once they are others, all of it is due again. */
export const derivationSettings = onefold.table('derivation_settings', {
  /** `sessions`, `features`, `scores` or `segments`. */
  derivation: text('derivation').primaryKey(),
  settings: jsonb('settings').notNull(),
})
