import { InvalidArgumentError } from 'commander'

/** Reads an instant as ISO 8601 spells it; a day begins at midnight in UTC. Throws commander's error, which it shows. */
export function parseInstant(text: string): Date {
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime()))
    throw new InvalidArgumentError('Write an ISO 8601 instant: 2026-06-30T12:00:00Z.')
  return instant
}
