import type { SessionEvent } from './session.ts'

/** An event as sessions see it, and whose it is: actors share a device. */
export interface StreamEvent extends SessionEvent {
  readonly actorId: string
}

/** What one person did on one device or as one visitor, oldest first. Who parted may share a device. */
export interface EventStream {
  readonly profileId: string
  readonly stream: string
  readonly events: readonly StreamEvent[]
}
