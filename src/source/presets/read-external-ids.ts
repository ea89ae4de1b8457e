import type { Field } from '../../record/field.ts'

/** So many values of a kind find a column: a telephone has its own id and that of advertisers. */
const SLOTS = [
  { field: 'email', columns: ['external_email', 'external_email_2'] },
  { field: 'phone', columns: ['external_phone', 'external_phone_2'] },
  { field: 'user_id', columns: ['external_user_id'] },
  { field: 'device_id', columns: ['external_device_id', 'external_device_id_2'] },
  { field: 'anonymous_id', columns: ['external_anonymous_id', 'external_anonymous_id_2'] },
] as const satisfies readonly { readonly field: Field; readonly columns: readonly string[] }[]

/**
 * What kind of identifier a type is, by its letters: the types that Segment's identity resolution knows from the start, and
 * how others call the same. Tokens to push to, and ids of groups, name nobody.
 */
const KINDS: ReadonlyMap<string, (typeof SLOTS)[number]['field']> = new Map([
  ['email', 'email'],
  ['phone', 'phone'],
  ['userid', 'user_id'],
  ['anonymousid', 'anonymous_id'],
  ['gaclientid', 'anonymous_id'],
  ['crossdomainid', 'anonymous_id'],
  ['cookie', 'anonymous_id'],
  ['cookieid', 'anonymous_id'],
  ['idfa', 'device_id'],
  ['iosidfa', 'device_id'],
  ['idfv', 'device_id'],
  ['iosid', 'device_id'],
  ['aaid', 'device_id'],
  ['gaid', 'device_id'],
  ['androididfa', 'device_id'],
  ['androidid', 'device_id'],
  ['deviceid', 'device_id'],
])

/** The columns that `readExternalIds` tells, with the field of each. */
export const EXTERNAL_ID_COLUMNS: Readonly<Record<string, Field>> = Object.fromEntries(
  SLOTS.flatMap(({ field, columns }) => columns.map((column) => [column, field])),
)

/**
 * Ids that an event's actor has in other systems [A3], by column, null where there is none.
 *
 * Lists are JSON of `{ id, type, collection, encoding }`. An id counts if its type is a kind of identifier, it is told as it
 * is (`encoding` `none` or nothing) and it is a person's (`collection` `users` or nothing); of a kind the first ones that
 * differ. What does not count, and what is no such list, stays in the raw row and is no error.
 */
export function readExternalIds(lists: readonly (string | null)[]): ReadonlyMap<string, string | null> {
  const found = new Map<string, Set<string>>()
  for (const entry of lists.flatMap(parseList)) {
    const { id, type, collection, encoding } = Object(entry) as Readonly<Record<string, unknown>>
    const kind = typeof type === 'string' ? KINDS.get(type.toLowerCase().replaceAll(/[^a-z]/g, '')) : undefined
    // Digits beyond 2^53 are not those that were sent.
    if (kind === undefined || !(typeof id === 'string' || Number.isSafeInteger(id))) continue
    if (!isOneOf(collection, 'users') || !isOneOf(encoding, 'none')) continue
    found.set(kind, (found.get(kind) ?? new Set()).add(String(id)))
  }
  return new Map(
    SLOTS.flatMap(({ field, columns }) => {
      const values = [...(found.get(field) ?? [])]
      return columns.map((column, at) => [column, values[at] ?? null] as const)
    }),
  )
}

function isOneOf(said: unknown, meant: string): boolean {
  return said === undefined || said === null || said === '' || said === meant
}

function parseList(text: string | null): readonly unknown[] {
  if (text === null) return []
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}
