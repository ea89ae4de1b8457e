import { InvalidArgumentError } from 'commander'

/** A number of things that a person typed, from 1. */
export function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Write a whole number from 1.')
  return count
}
