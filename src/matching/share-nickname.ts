import { NICKNAME_GROUPS } from './nicknames.ts'

const fullNames: ReadonlySet<string> = new Set(NICKNAME_GROUPS.map((names) => names.slice(0, names.indexOf(' '))))

const groupsOf = new Map<string, number[]>()
for (const [group, names] of NICKNAME_GROUPS.entries()) {
  for (const name of names.split(' ')) {
    const groups = groupsOf.get(name)
    if (groups === undefined) groupsOf.set(name, [group])
    else if (!groups.includes(group)) groups.push(group)
  }
}

/**
 * True when two different names are forms of one given name: `bob` and `robert`, `bob` and `rob`. Symmetric, not
 * transitive: `pat` goes with `patrick` and with `patricia`, who do not go together. False for a name and itself.
 */
export function shareNickname(a: string, b: string): boolean {
  if (a === b) return false
  const groupsA = groupsOf.get(a)
  const groupsB = groupsA === undefined ? undefined : groupsOf.get(b)
  if (groupsA === undefined || groupsB === undefined) return false
  return groupsA.some((group) => groupsB.includes(group))
}

/** Bits of the groups a name is in: names that share a nickname share a bit, most others do not. */
export function markNicknames(name: string): number {
  let marks = 0
  for (const group of groupsOf.get(name) ?? []) marks |= 1 << (group & 31)
  return marks
}

const initialsOfGroup = NICKNAME_GROUPS.map((names) => new Set(names.split(' ').map((name) => name.charAt(0))))

/** True when the letter may stand for the name or a nickname of it: `b` for `robert`, who signs as Bob. */
export function mayBeInitialOf(letter: string, name: string): boolean {
  if (name.startsWith(letter)) return true
  return (groupsOf.get(name) ?? []).some((group) => initialsOfGroup[group]!.has(letter))
}

/** True for a name that heads a group of nicknames: established, so that it is nobody's misspelling. */
export function isFullName(name: string): boolean {
  return fullNames.has(name)
}
