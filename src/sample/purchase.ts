import type { InventedPerson } from './invented-person.ts'
import type { Product } from './products.ts'

/** How a customer shops; each habit fills a segment. */
export type ShoppingHabit = 'frequent' | 'loyal' | 'lapsed_loyal' | 'big_spender' | 'recent' | 'occasional'

/** An order as it happened, before the shop's export wrote it down. */
export interface Purchase {
  /** As the shop shows it, `#1001`. */
  readonly orderName: string
  /** Absent for a sale over the counter to somebody unknown. */
  readonly buyer?: InventedPerson
  readonly atMs: number
  readonly status: 'paid' | 'pending' | 'refunded' | 'voided'
  /** Whether the buyer signed in; a guest leaves an e-mail but no customer number. */
  readonly signedIn: boolean
  readonly lines: readonly PurchaseLine[]
}

export interface PurchaseLine {
  readonly product: Product
  readonly quantity: number
}
