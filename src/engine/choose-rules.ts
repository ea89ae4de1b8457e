import type { Atom, Comparison, KeyRule } from './comparison.ts'
import { drawNumbers } from './draw-numbers.ts'
import type { Evidence } from './evidence.ts'
import { joinHashes } from './hash-text.ts'
import { joinAtoms } from './join-atoms.ts'

export interface ChosenRule {
  readonly rule: KeyRule
  /** Pairs expected in the whole space, from a sample of the rows. */
  readonly expectedPairs: number
  /** Share of true pairs, 0 to 1, that no rule before it is expected to find. */
  readonly expectedGain: number
}

export interface RuleChoice {
  readonly rules: readonly ChosenRule[]
  /** Share of true pairs, 0 to 1, that the rules together are expected to find. */
  readonly expectedRecall: number
}

/** Rows on which the cost of a rule is counted. */
const SAMPLE_ROWS = 25_000
const TRUE_PAIRS = 3000
/** Rules beyond these find next to nothing; large tables have fewer, because every row keeps a key for each. */
const MOST_RULES = 80
const FEWEST_RULES = 24
const MOST_KEYS = 40_000_000
/** What it is worth that a true pair is found once, twice, three times: errors of real records come together. */
const WORTH = [1, 0.5, 0.25, 0.1]
const LEAST_WORTH = 0.0003

/** P(level | one person) of a comparison, one per level. */
export type Agreement = readonly ArrayLike<number>[]

/**
 * Chooses blocking rules out of all combinations of up to three atoms: again and again the one that finds most true
 * pairs not found yet for the pairs it costs, until `budget` pairs are spent. True pairs are drawn from the model
 * (`m`) with the gaps that the rows really have; costs are counted on a sample of the rows. Deterministic.
 */
export function chooseRules(evidence: Evidence, m: Agreement, order: Int32Array, budget: number): RuleChoice {
  const step = Math.max(1, Math.ceil(order.length / SAMPLE_ROWS))
  const proposals = propose(
    evidence,
    order.filter((_, rank) => rank % step === 0),
    step,
  )
  const found = drawTruePairs(evidence, proposals, m, order)
  const costs = Float64Array.from(proposals, ({ cost }) => cost)
  const times = new Uint8Array(TRUE_PAIRS)
  const chosen: ChosenRule[] = []
  const isTaken = new Uint8Array(proposals.length)
  let left = budget
  const mostRules = Math.max(FEWEST_RULES, Math.min(MOST_RULES, Math.floor(MOST_KEYS / Math.max(1, order.length))))
  // What a proposal is worth only falls as others are chosen, so that most need not be weighed again.
  const worths = new Float64Array(proposals.length).fill(Infinity)
  const rateOf = (at: number): number =>
    worths[at]! < LEAST_WORTH ? 0 : worths[at]! / (costs[at]! + order.length * 0.05)
  const weigh = (at: number): number => {
    let worth = 0
    const hits = found[at]!
    for (let pair = 0; pair < TRUE_PAIRS; pair++) if (hits[pair] === 1) worth += WORTH[times[pair]!] ?? 0
    worths[at] = worth / TRUE_PAIRS
    return rateOf(at)
  }
  while (chosen.length < mostRules) {
    let best = -1
    let bestRate = 0
    const open = proposals.map((_, at) => at).filter((at) => isTaken[at] === 0 && costs[at]! <= left)
    const rates = Float64Array.from(proposals, (_, at) => rateOf(at))
    open.sort((a, b) => rates[b]! - rates[a]! || a - b)
    for (const at of open) {
      if (rates[at]! < bestRate || rates[at] === 0) break
      const rate = weigh(at)
      if (rate > bestRate || (rate === bestRate && rate > 0 && at < best)) {
        best = at
        bestRate = rate
      }
    }
    if (best < 0) break
    isTaken[best] = 1
    left -= costs[best]!
    let fresh = 0
    for (let pair = 0; pair < TRUE_PAIRS; pair++) {
      if (found[best]![pair] === 0) continue
      if (times[pair] === 0) fresh++
      times[pair]!++
    }
    chosen.push({ rule: proposals[best]!, expectedPairs: costs[best]!, expectedGain: fresh / TRUE_PAIRS })
  }
  let reached = 0
  for (const time of times) if (time > 0) reached++
  return { rules: chosen, expectedRecall: reached / TRUE_PAIRS }
}

interface Proposal extends KeyRule {
  /** Pairs expected in the whole space. */
  readonly cost: number
}

function propose({ atoms, rules }: Evidence, sample: Int32Array, step: number): readonly Proposal[] {
  const keysOf = (keyOf: (row: number) => number): Int32Array => Int32Array.from(sample, keyOf)
  const proposals: Proposal[] = rules.map((rule) => ({ ...rule, cost: countCost(keysOf(rule.keyOf), step) }))
  // What a row says with chance c two rows say with chance c², and no rule finds more true pairs than that.
  const known = atoms
    .map((atom) => ({ ...atom, sampled: keysOf((row) => atom.keys[atom.codes[row]!]!) }))
    .filter(({ sampled }) => shareKnown(sampled) ** 2 >= LEAST_WORTH)
  const ofTwo = new Int32Array(sample.length)
  const ofThree = new Int32Array(sample.length)
  const join = (a: Int32Array, b: Int32Array, joined: Int32Array): Int32Array => {
    for (let at = 0; at < a.length; at++) joined[at] = joinHashes(a[at]!, b[at]!)
    return joined
  }
  const add = (sampled: Int32Array, ...parts: readonly [Atom, (Atom | undefined)?, (Atom | undefined)?]): void => {
    proposals.push({ ...joinAtoms(parts), cost: countCost(sampled, step) })
  }
  for (const [i, a] of known.entries()) {
    add(a.sampled, a)
    for (const [j, b] of known.entries()) {
      if (j <= i || b.comparison === a.comparison) continue
      const two = join(a.sampled, b.sampled, ofTwo)
      add(two, a, b)
      for (const c of known.slice(j + 1)) {
        if (c.comparison !== a.comparison && c.comparison !== b.comparison) add(join(two, c.sampled, ofThree), a, b, c)
      }
    }
  }
  return proposals
}

function shareKnown(keys: Int32Array): number {
  let known = 0
  for (const key of keys) if (key !== 0) known++
  return known / Math.max(1, keys.length)
}

/** For each proposal, which of the drawn true pairs it finds. */
function drawTruePairs(
  { comparisons }: { readonly comparisons: readonly Comparison[] },
  proposals: readonly KeyRule[],
  m: Agreement,
  order: Int32Array,
): readonly Uint8Array[] {
  const next = drawNumbers(2)
  const hits = proposals.map(() => new Uint8Array(TRUE_PAIRS))
  const levels = new Int8Array(comparisons.length)
  const chances = new Float64Array(comparisons.length)
  for (let pair = 0; pair < TRUE_PAIRS; pair++) {
    const a = order[Math.floor(next() * order.length)]!
    const b = order[Math.floor(next() * order.length)]!
    for (let at = 0; at < comparisons.length; at++) {
      const { isKnown } = comparisons[at]!
      chances[at] = next()
      levels[at] = isKnown(a) && isKnown(b) ? drawLevel(m[at]!, next()) : -1
    }
    for (let at = 0; at < proposals.length; at++) {
      if (
        proposals[at]!.parts.every(({ comparison, agreement }) => {
          const level = levels[comparison]!
          return level >= 0 && chances[comparison]! < agreement[level]!
        })
      )
        hits[at]![pair] = 1
    }
  }
  return hits
}

function drawLevel(shares: ArrayLike<number>, chance: number): number {
  let total = 0
  for (let level = 0; level < shares.length; level++) total += shares[level]!
  let left = chance * total
  for (let level = 0; level < shares.length; level++) {
    left -= shares[level]!
    if (left < 0) return level
  }
  return shares.length - 1
}

/** Pairs that share a key in the whole table, from the keys of every `step`-th row. */
function countCost(sampled: Int32Array, step: number): number {
  TABLE.fill(0)
  let pairs = 0
  for (let at = 0; at < sampled.length; at++) {
    const key = sampled[at]!
    if (key === 0) continue
    let slot = (Math.imul(key, 0x9e3779b1) >>> (32 - SLOT_BITS)) * 2
    while (TABLE[slot] !== 0 && TABLE[slot] !== key) slot = (slot + 2) & LAST_SLOT
    TABLE[slot] = key
    pairs += TABLE[slot + 1]!++
  }
  return pairs * step * step
}

const SLOT_BITS = 16
/** Scratch space of one count after the other: each key with its count. */
const TABLE = new Int32Array(2 ** (SLOT_BITS + 1))
const LAST_SLOT = TABLE.length - 1
