import type { SourceSettings } from '../../config/settings.ts'
import type { Taxonomy } from '../../quality/compile-properties.ts'

/** How a delivery is to be read, fixed when it was handed in: a later change of settings concerns later deliveries. */
export interface Reading extends SourceSettings {
  readonly region: string
  readonly zone: string
  /** ISO 8601; dates after it are in the future. */
  readonly asOf: string
  readonly declaredEvents: readonly string[]
  /** What a project has events of its names taken for; absent of deliveries of before. */
  readonly eventNames?: Readonly<Record<string, string>>
  /** What is told of events besides; absent of deliveries of before. */
  readonly properties?: Taxonomy
  /** Whether events that say that an order was completed are purchases; absent of deliveries of before. */
  readonly countsOrders?: boolean
  /** How it came, where not as a file. */
  readonly via?: 'http'
}
