import { z } from 'zod'

/** A span of time as settings write it, for `parseDuration`. */
export const durationText = z
  .string()
  .regex(/^\d+ ?(s|m|h|d)$/, 'write a number and a unit: 90s, 30m, 26h or 2d')
  .describe('a span of time: 90s, 30m, 26h, 2d')

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds of a span written as number and unit (`30m`). The settings schema has checked the form. */
export function parseDuration(text: string): number {
  const unit = text.at(-1) as keyof typeof UNIT_MS
  return Number.parseInt(text, 10) * UNIT_MS[unit]
}
