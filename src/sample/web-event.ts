import type { InventedPerson } from './invented-person.ts'

/** A browser on a device: one anonymous id, one user agent. Two people may use it. */
export interface Device {
  readonly anonymousId: string
  readonly userAgent: string
}

/** Who sits before the device; nobody of the sample when `person` is absent. */
export interface Visitor {
  readonly device: Device
  readonly person?: InventedPerson
}

/** A message of the Segment specification, with what only the inventor knows. */
export interface WebEvent {
  readonly atMs: number
  /** Who did it; absent for visitors who are nobody of the sample. */
  readonly person?: number
  readonly message: WebMessage
}

export interface WebMessage {
  readonly type: string
  readonly messageId: string
  readonly anonymousId?: string
  readonly userId?: string
  readonly event?: string
  readonly name?: string
  /** ISO 8601 in UTC with milliseconds. */
  readonly timestamp: string
  readonly context: {
    readonly page?: { readonly url: string; readonly path: string; readonly referrer?: string }
    readonly campaign?: { readonly source: string; readonly medium: string; readonly name: string }
    readonly userAgent?: string
    readonly traits?: { readonly email: string }
  }
  readonly properties?: Readonly<Record<string, unknown>>
  readonly traits?: Readonly<Record<string, string>>
}
