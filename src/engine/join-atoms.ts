import type { Atom, KeyRule } from './comparison.ts'
import type { Evidence } from './evidence.ts'
import { joinHashes } from './hash-text.ts'

const AND = ' + '

/** A rule that asks rows to agree on up to three atoms. */
export function joinAtoms(parts: readonly [Atom, (Atom | undefined)?, (Atom | undefined)?]): KeyRule {
  const [first, second, third] = parts
  const all = parts.filter((part) => part !== undefined)
  return {
    name: all.map(({ name }) => name).join(AND),
    parts: all,
    atoms: all,
    keyOf: (row) => {
      let key = keyOf(first, row)
      if (second !== undefined) key = joinHashes(key, keyOf(second, row))
      return third === undefined ? key : joinHashes(key, keyOf(third, row))
    },
  }
}

function keyOf({ codes, keys }: Atom, row: number): number {
  return keys[codes[row]!]!
}

/** The rules of these names, as far as the evidence has what they ask for. */
export function findRules({ atoms, rules }: Evidence, names: readonly string[]): readonly KeyRule[] {
  return names.flatMap((name) => {
    const whole = rules.find((rule) => rule.name === name)
    if (whole !== undefined) return [whole]
    const parts = name.split(AND).map((part) => atoms.find((atom) => atom.name === part))
    const [first, second, third] = parts
    if (first === undefined || parts.some((part) => part === undefined)) return []
    return [joinAtoms([first, second, third])]
  })
}
