import type { BlockingKey } from './derive-blocking-keys.ts'

export interface BlockingReport {
  /** In the order of the rules. */
  readonly rules: readonly {
    readonly rule: string
    readonly keys: number
    /** Pairs this rule was the first to find. */
    readonly pairs: number
    /** Keys that held too many records and were replaced by finer ones. */
    readonly keysRefined: number
    /** Keys, fine or not, that still held too many: their pairs are not candidates by them. */
    readonly keysSkipped: number
    /** Records in skipped keys, counted once per key. */
    readonly recordsSkipped: number
  }[]
  readonly pairs: number
}

export interface Candidates {
  /** Positions of the records of each pair, `left < right`, sorted by left then right. */
  readonly pairs: readonly { readonly left: number; readonly right: number; readonly rule: string }[]
  readonly report: BlockingReport
}

type RuleCount = { -readonly [K in keyof BlockingReport['rules'][number]]: BlockingReport['rules'][number][K] }

/**
 * The pairs of records that share a usable key, each once, under the first rule that finds it. A key of more than
 * `maxBlock` records is replaced by its refinements; a refinement that is still too large is skipped and reported,
 * as is a record without one. The set of pairs is a function of the set of records, whatever their order; the
 * report carries counts only. `ruleNames` gives the order of the rules.
 */
export function findCandidates(
  keysOfRecords: readonly (readonly BlockingKey[])[],
  ruleNames: readonly string[],
  maxBlock: number,
): Candidates {
  const counts = ruleNames.map((rule): RuleCount => {
    return { rule, keys: 0, pairs: 0, keysRefined: 0, keysSkipped: 0, recordsSkipped: 0 }
  })
  // Numbered in rule order, so the first block two records share is the first rule that finds the pair.
  const blocks: { readonly rule: number; readonly members: readonly number[] }[] = []
  for (const [rule, name] of ruleNames.entries()) {
    const count = counts[rule]!
    const coarse = groupByText(keysOfRecords, name, (key) => [key.text])
    count.keys = coarse.size
    const tooLarge = new Set<string>()
    for (const [text, members] of coarse) {
      if (members.length > maxBlock) tooLarge.add(text)
      else if (members.length > 1) blocks.push({ rule, members })
    }
    if (tooLarge.size === 0) continue
    const fine = groupByText(keysOfRecords, name, (key) => (tooLarge.has(key.text) ? key.refined : []))
    for (const members of fine.values()) {
      if (members.length > maxBlock) {
        count.keysSkipped++
        count.recordsSkipped += members.length
      } else if (members.length > 1) blocks.push({ rule, members })
    }
    const refined = new Set<string>()
    for (const keys of keysOfRecords) {
      for (const key of keys) {
        if (key.rule !== name || !tooLarge.has(key.text)) continue
        if (key.refined.length > 0) refined.add(key.text)
        else count.recordsSkipped++
      }
    }
    count.keysRefined = refined.size
    count.keysSkipped += tooLarge.size - refined.size
  }
  return pairsOf(blocks, keysOfRecords.length, counts)
}

function groupByText(
  keysOfRecords: readonly (readonly BlockingKey[])[],
  rule: string,
  textsOf: (key: BlockingKey) => readonly string[],
): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const [record, keys] of keysOfRecords.entries()) {
    for (const key of keys) {
      if (key.rule !== rule) continue
      for (const text of textsOf(key)) {
        const members = groups.get(text)
        if (members === undefined) groups.set(text, [record])
        else members.push(record)
      }
    }
  }
  return groups
}

function pairsOf(
  blocks: readonly { readonly rule: number; readonly members: readonly number[] }[],
  recordCount: number,
  counts: readonly RuleCount[],
): Candidates {
  const blocksOf: number[][] = Array.from({ length: recordCount }, () => [])
  for (const [block, { members }] of blocks.entries()) {
    for (const member of members) blocksOf[member]!.push(block)
  }
  const pairs: { left: number; right: number; rule: string }[] = []
  const reportedBy = new Int32Array(recordCount).fill(-1)
  for (let left = 0; left < recordCount; left++) {
    const start = pairs.length
    for (const block of blocksOf[left]!) {
      const { rule, members } = blocks[block]!
      for (const right of members) {
        if (right <= left || reportedBy[right] === left) continue
        reportedBy[right] = left
        counts[rule]!.pairs++
        pairs.push({ left, right, rule: counts[rule]!.rule })
      }
    }
    const found = pairs.splice(start).sort((x, y) => x.right - y.right)
    for (const pair of found) pairs.push(pair)
  }
  return { pairs, report: { rules: counts, pairs: pairs.length } }
}
