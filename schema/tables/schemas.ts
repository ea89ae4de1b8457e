import { customType, pgSchema } from 'drizzle-orm/pg-core'

/** The ledger and everything derived from it: the application's own schema. */
export const onefold = pgSchema('onefold')

/** What consumers read: stable, commented, pseudonymous. */
export const onefoldOut = pgSchema('onefold_out')

/** Raw bytes; drizzle has no bytea of its own. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** A transaction's number, never used twice, as text. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' })
