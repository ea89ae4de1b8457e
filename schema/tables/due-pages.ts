import { bigint } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Ledger pages with records that have no blocking keys yet: a page a row costs an ingest less than a record a row. */
export const duePages = onefold.table('due_pages', {
  pageId: bigint('page_id', { mode: 'number' }).primaryKey(),
})
