import type { Candidate } from './candidate.ts'
import type { SurvivorshipStrategy } from './composed-profile.ts'

/**
 * Negative when the first candidate survives before the second; zero only for one and the same record.
 * Where the strategy leaves a tie: the more trusted source, the more recent record, the longer value, and last the
 * smaller record id, which says nothing about the world but makes the choice the same for ever.
 * A record with a time is more recent, and also older, than one without: unknown is no evidence.
 */
export function compareCandidates(a: Candidate, b: Candidate, strategy: SurvivorshipStrategy): number {
  return (
    compareByStrategy(a, b, strategy) ||
    b.from.trust - a.from.trust ||
    compareRecency(a, b) ||
    b.length - a.length ||
    (a.from.recordId < b.from.recordId ? -1 : a.from.recordId > b.from.recordId ? 1 : 0)
  )
}

function compareByStrategy(a: Candidate, b: Candidate, strategy: SurvivorshipStrategy): number {
  switch (strategy) {
    case 'most_recent':
      return compareRecency(a, b)
    case 'oldest':
      return compareAge(a, b)
    case 'most_trusted':
      return b.from.trust - a.from.trust
    case 'most_complete':
      return b.known - a.known
    case 'most_frequent':
      return b.agreeing - a.agreeing
    case 'longest':
      return b.length - a.length
    case 'aggregate':
      return 0
  }
}

function compareRecency(a: Candidate, b: Candidate): number {
  const [timeOfA, timeOfB] = [a.from.updatedAt, b.from.updatedAt]
  if (timeOfA !== undefined && timeOfB !== undefined && timeOfA !== timeOfB) return timeOfB - timeOfA
  if ((timeOfA === undefined) !== (timeOfB === undefined)) return timeOfA === undefined ? 1 : -1
  return b.from.seq - a.from.seq
}

function compareAge(a: Candidate, b: Candidate): number {
  const [timeOfA, timeOfB] = [a.from.updatedAt, b.from.updatedAt]
  if (timeOfA !== undefined && timeOfB !== undefined && timeOfA !== timeOfB) return timeOfA - timeOfB
  if ((timeOfA === undefined) !== (timeOfB === undefined)) return timeOfA === undefined ? 1 : -1
  return a.from.seq - b.from.seq
}
