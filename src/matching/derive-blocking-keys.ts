import type { NormalizedRecord } from '../record/normalized-record.ts'
import type { BlockingRule } from './blocking-rules.ts'

/** Records that share rule and text are candidates. The text is personal: hash it before it is stored. */
export interface BlockingKey {
  readonly rule: string
  readonly text: string
  /** Finer texts to use instead when too many records share `text`; empty when the rule or record has none. */
  readonly refined: readonly string[]
}

/**
 * The blocking keys of a record: rules in order, texts of a rule sorted and without repeats. Empty when nothing it
 * says makes a key. A record that lacks a part a rule needs has no key of that rule.
 */
export function deriveBlockingKeys(record: NormalizedRecord, rules: readonly BlockingRule[]): readonly BlockingKey[] {
  const keys: BlockingKey[] = []
  for (const rule of rules) {
    const texts = rule.derive(record)
    if (texts.length === 0) continue
    const additions = rule.refine?.(record) ?? []
    for (const text of sortedUnique(texts)) {
      const refined = sortedUnique(additions).map((addition) => `${text}||${addition}`)
      keys.push({ rule: rule.name, text, refined })
    }
  }
  return keys
}

function sortedUnique(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)].sort()
}
