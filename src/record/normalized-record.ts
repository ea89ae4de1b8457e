import type { IdentifierField } from './field.ts'

/** What a source says about a person, one spelling per value. Absent means unknown, never equal. */
export interface NormalizedRecord {
  /** Lower-case, accent-free tokens in order: `['anna', 'maria']`. */
  readonly given?: readonly string[]
  readonly family?: readonly string[]
  readonly birthDate?: PartialDate
  readonly sex?: 'f' | 'm' | 'x'
  /** Lower-case addresses, sorted, without repeats. Empty when none is usable. */
  readonly emails: readonly string[]
  /** E.164, sorted, without repeats. */
  readonly phones: readonly string[]
  readonly address?: NormalizedAddress
  /** Lower-case, legal form removed. */
  readonly organisation?: string
  /** Strong identifiers, sorted by kind then value. Placeholders are never here. */
  readonly identifiers: readonly Identifier[]
  /** Values for display, as the source spelled them but trimmed: `given_name`, `family_name`, `job_title`, … */
  readonly display: Readonly<Record<string, string>>
  /** Its source has deleted the record: nothing else is told, and it belongs to nobody. */
  readonly deleted?: true
}

/** All that is told of a record that its source has deleted. */
export const DELETED_RECORD: NormalizedRecord = { emails: [], phones: [], identifiers: [], display: {}, deleted: true }

export interface PartialDate {
  readonly year: number
  /** 1 to 12 */
  readonly month?: number
  /** 1 to 31 */
  readonly day?: number
}

export interface NormalizedAddress {
  /** Lower-case, accent-free, abbreviations expanded, without the house number. */
  readonly street?: string
  readonly houseNumber?: string
  readonly city?: string
  /** Upper-case, no blanks. */
  readonly postcode?: string
  readonly region?: string
  /** ISO 3166-1 alpha-2 */
  readonly country?: string
}

export interface Identifier {
  readonly kind: IdentifierField | 'email' | 'phone'
  readonly value: string
}

/** Something that happened, told by a source of kind `events` or `orders`. */
export interface NormalizedEvent {
  /** `page`, `track`, `identify`, `order_line`, `ticket`, … */
  readonly kind: string
  /** What was tracked, `Product Viewed` say; the page's path for a page view. */
  readonly name?: string
  readonly occurredAt: Date
  readonly messageId?: string
  readonly orderId?: string
  readonly product?: string
  /** Of the product. */
  readonly category?: string
  readonly quantity?: number
  readonly unitPrice?: number
  /** Money in `currency`; quantity × unit price when the source gives no amount. */
  readonly amount?: number
  readonly currency?: string
  readonly url?: string
  readonly campaign?: string
  /** Sent by a program that nobody looks through: a crawler, a monitor, a script. */
  readonly bot?: boolean
}
