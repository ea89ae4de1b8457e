import type { SourceSettings } from '../../config/settings.ts'

/** How a delivery is to be read, fixed when it was handed in: a later change of settings concerns later deliveries. */
export interface Reading extends SourceSettings {
  readonly region: string
  readonly zone: string
  /** ISO 8601; dates after it are in the future. */
  readonly asOf: string
  readonly declaredEvents: readonly string[]
  /** How it came, where not as a file. */
  readonly via?: 'http'
}
