/** How much of something came on a day, against its own days before. */
export type VolumeVerdict = 'usual' | 'gap' | 'surge' | 'too_new'

export interface VolumeJudgement {
  readonly verdict: VolumeVerdict
  /** The median of the days before; 0 without any. */
  readonly usual: number
}

/** With fewer days the week has not shown itself once. */
const FEWEST_DAYS = 7
const DAYS_A_WEEK = 7
/** From so many weeks on a day is held against the same days of the week. */
const FEWEST_WEEKS = 3
/** Deviations beyond which a day is told of: of independent days that are as ever, one in some 16,000. */
const DEVIATIONS = 4
/** The median absolute deviation of normal numbers, in standard deviations. */
const MAD_SCALE = 1.4826

/**
 * Judges the volume of a day by the days before it, oldest first, of which the last is the day before. What is usual is
 * their median, once there are three weeks of them that of the same days of the week. How far days stray from what is usual
 * of them is their median absolute deviation, which a bad day does not move, and at least a Poisson's root and 1, since
 * counts vary by chance alone. Fewer than `FEWEST_DAYS`: too new to tell.
 */
export function judgeVolume(day: number, before: readonly number[]): VolumeJudgement {
  const step = before.length >= FEWEST_WEEKS * DAYS_A_WEEK ? DAYS_A_WEEK : 1
  const usualOf = (phase: number): number => medianOf(before.filter((_, at) => (before.length - at) % step === phase))
  const usuals = Array.from({ length: step }, (_, phase) => usualOf(phase))
  const usual = usuals[0] ?? 0
  if (before.length < FEWEST_DAYS) return { verdict: 'too_new', usual }
  const strays = before.map((count, at) => Math.abs(count - (usuals[(before.length - at) % step] ?? 0)))
  const allowed = DEVIATIONS * Math.max(MAD_SCALE * medianOf(strays), Math.sqrt(usual), 1)
  if (day < usual - allowed) return { verdict: 'gap', usual }
  return { verdict: day > usual + allowed ? 'surge' : 'usual', usual }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length >>> 1
  if (sorted.length === 0) return 0
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}
