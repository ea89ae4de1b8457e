/** Steps after which a search ends wherever it is; a search over four parameters takes some 300. */
const MOST_STEPS = 800
/** Values of a simplex this close together, for their size, have arrived: parameters are then known to some 1e-5. */
const CLOSE = 1e-11
/** A search that gained no more than this, for the size of the value, need not begin anew. */
const SMALL_GAIN = 1e-10
const MOST_SEARCHES = 4
const FIRST_STEP = 0.5
/** Parameters of models are searched as logarithms; beyond a million, or a millionth, they say nothing more. */
const FARTHEST = Math.log(1e6)

export interface Minimum {
  readonly at: readonly number[]
  readonly value: number
  /** Whether the search arrived; false when it ran out of steps. */
  readonly converged: boolean
}

interface Corner {
  readonly at: readonly number[]
  readonly value: number
}

/**
 * Where a continuous function of a few parameters is smallest near `start`, by the simplex method of Nelder and Mead
 * (1965): reflect 1, expand 2, contract ½, shrink ½. The search begins anew where it ended until that gains nothing,
 * since a simplex may collapse before it arrives. Values that are not finite count as infinitely bad, as do places beyond
 * `FARTHEST`. Deterministic.
 */
export function minimize(valueOf: (at: readonly number[]) => number, start: readonly number[]): Minimum {
  let best = search(valueOf, start, FIRST_STEP)
  for (let searches = 1; searches < MOST_SEARCHES; searches += 1) {
    const next = search(valueOf, best.at, FIRST_STEP / 5)
    const gain = best.value - next.value
    if (gain >= 0) best = next
    if (!(gain > SMALL_GAIN * Math.max(1, Math.abs(next.value)))) break
  }
  return best
}

function search(valueOf: (at: readonly number[]) => number, start: readonly number[], step: number): Minimum {
  const corner = (at: readonly number[]): Corner => {
    const value = at.every((x) => Math.abs(x) <= FARTHEST) ? valueOf(at) : Infinity
    return { at, value: Number.isFinite(value) ? value : Infinity }
  }
  let simplex = [corner(start), ...start.map((_, axis) => corner(start.map((x, n) => (n === axis ? x + step : x))))]
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    simplex = simplex.toSorted((left, right) => left.value - right.value)
    const best = simplex[0] as Corner
    const worst = simplex.at(-1) as Corner
    if (worst.value - best.value <= CLOSE * Math.max(1, Math.abs(best.value))) return { ...best, converged: true }
    const others = simplex.slice(0, -1)
    const middle = start.map((_, axis) => others.reduce((sum, { at }) => sum + (at[axis] ?? 0), 0) / others.length)
    const towards = (share: number): Corner => corner(middle.map((x, axis) => x + share * (x - (worst.at[axis] ?? 0))))
    simplex = replaceWorst(others, worst, towards) ?? [
      best,
      ...simplex.slice(1).map(({ at }) => corner(at.map((x, axis) => (x + (best.at[axis] ?? 0)) / 2))),
    ]
  }
  const [best] = simplex.toSorted((left, right) => left.value - right.value)
  return { ...(best as Corner), converged: false }
}

/** The simplex with a better corner in place of its worst; undefined when none was found. */
function replaceWorst(
  others: readonly Corner[],
  worst: Corner,
  towards: (share: number) => Corner,
): Corner[] | undefined {
  const best = others[0] as Corner
  const second = others.at(-1) as Corner
  const reflected = towards(1)
  if (reflected.value < best.value) {
    const expanded = towards(2)
    return [...others, expanded.value < reflected.value ? expanded : reflected]
  }
  if (reflected.value < second.value) return [...others, reflected]
  const contracted = towards(reflected.value < worst.value ? 0.5 : -0.5)
  return contracted.value < Math.min(reflected.value, worst.value) ? [...others, contracted] : undefined
}
