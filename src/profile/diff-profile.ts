import type { ComposedAttribute, ComposedContact, ComposedProfile } from './composed-profile.ts'

/**
 * The names of what a reader of the profile would see changed, sorted: attributes, `emails`, `phones`.
 * Only values count: the same value from another record is no change. Without a profile before, all of it is new;
 * two equal profiles differ in nothing. Symmetric.
 */
export function diffProfile(before: ComposedProfile | undefined, after: ComposedProfile | undefined): string[] {
  const names = new Set([...Object.keys(before?.attributes ?? {}), ...Object.keys(after?.attributes ?? {})])
  const changed = [...names].filter((name) => spell(before?.attributes[name]) !== spell(after?.attributes[name]))
  for (const kind of ['emails', 'phones'] as const) {
    if (list(before?.[kind]) !== list(after?.[kind])) changed.push(kind)
  }
  return changed.toSorted()
}

function spell(attribute: ComposedAttribute | undefined): string | undefined {
  return attribute && JSON.stringify(attribute.value)
}

function list(contacts: readonly ComposedContact[] = []): string {
  return JSON.stringify(contacts.map((contact) => contact.value))
}
