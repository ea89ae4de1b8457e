import type { Change, FeedPosition } from '../../store/feed/change.ts'

/** A change as receivers get it: ids that `unified_profiles` has, and nothing of the person. */
export interface ChangeMessage {
  /** The same however often it is sent. */
  readonly id: string
  readonly body: string
}

/** The name of a change's place in the feed, as receivers and readers know it. */
export function nameChange({ xact, seq }: FeedPosition): string {
  return `msg_${xact}_${seq}`
}

/** Spells a change as Standard Webhooks recommends: `type`, `timestamp`, `data`. */
export function spellChange({ xact, seq, kind, at, ...change }: Change): ChangeMessage {
  const data = {
    profile_id: change.profileId,
    ...(change.toProfileId === null ? {} : { to_profile_id: change.toProfileId }),
    ...(change.segmentId === null ? {} : { segment_id: change.segmentId }),
    ...(change.version === null ? {} : { version: change.version }),
    ...(change.revision === null ? {} : { revision: change.revision }),
  }
  return { id: nameChange({ xact, seq }), body: JSON.stringify({ type: kind, timestamp: at.toISOString(), data }) }
}
