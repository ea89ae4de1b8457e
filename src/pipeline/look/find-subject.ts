import { OnefoldError } from '../../errors.ts'
import { normalizeEmail } from '../../record/normalize-email.ts'
import { normalizeIdentifier } from '../../record/normalize-identifier.ts'
import { normalizePhone } from '../../record/normalize-phone.ts'
import type { Identifier } from '../../record/normalized-record.ts'
import { IDENTIFIER_FIELDS } from '../../record/field.ts'
import {
  findLivingProfile,
  findProfilesByIdentifier,
  findProfilesOfRecords,
} from '../../store/identity/find-profile.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { hashIdentifier } from '../resolve/hash-identifier.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** `source:key` as the id of that source's record; undefined for any other text. */
export function nameRecordBySourceKey(context: Context, text: string): string | undefined {
  const colon = text.indexOf(':')
  const source = text.slice(0, Math.max(0, colon))
  if (!Object.hasOwn(context.settings.sources, source) && !/^[a-z][a-z0-9_]{0,39}$/.test(source)) return undefined
  return hashToUuid(context.keyring.fingerprint, 'record', source, text.slice(colon + 1))
}

/**
 * The living profile that a text names: a profile id (`prf_…`, `p_…` as published, redirects followed), a record
 * (`rec_…` or `source:key`), or an identifier: an e-mail, a phone number, or any declared kind of id.
 * Throws `profile.not_found`, and `profile.ambiguous` when an identifier is carried by several people.
 */
export async function findSubject(context: Context, text: string): Promise<string> {
  const { sql } = context.store
  const bare = text.replace(/^(prf|rec)_/, '')
  const found = new Set<string>()
  if (UUID.test(bare)) {
    const byId = await findLivingProfile(sql, { profileId: bare })
    if (byId !== undefined) return byId
  }
  if (/^p_[0-9a-f]{32}$/.test(text)) {
    const byPseudonym = await findLivingProfile(sql, { pseudonym: text })
    if (byPseudonym !== undefined) return byPseudonym
  }
  const recordId = UUID.test(bare) ? bare : nameRecordBySourceKey(context, text)
  if (recordId !== undefined) for (const id of (await findProfilesOfRecords(sql, [recordId])).values()) found.add(id)
  if (found.size === 0) {
    const hashes = readAsIdentifiers(context, text).map((identifier) => hashIdentifier(context, identifier))
    for (const id of await findProfilesByIdentifier(sql, hashes)) found.add(id)
  }
  const [first] = found
  if (first === undefined) {
    throw new OnefoldError('not_found', 'profile.not_found', 'Nobody is known by this id, key or identifier.', {
      hint: 'Give a profile id, `source:key`, a customer number, an e-mail address, or a phone number with its country code.',
    })
  }
  if (found.size > 1) {
    throw new OnefoldError('conflict', 'profile.ambiguous', `${found.size} people carry this identifier.`, {
      details: Object.fromEntries([...found].slice(0, 5).map((id, index) => [`profile${index + 1}`, `prf_${id}`])),
      hint: 'Ask for one of these profiles by its id.',
    })
  }
  return first
}

/** Every identifier that the text may be. */
export function readAsIdentifiers(context: Context, text: string): Identifier[] {
  const email = normalizeEmail(text)?.value
  const phone = normalizePhone(text, context.settings.region)?.value
  return [
    ...(email === undefined ? [] : [{ kind: 'email', value: email } as const]),
    ...(phone === undefined ? [] : [{ kind: 'phone', value: phone } as const]),
    ...IDENTIFIER_FIELDS.map((kind) => ({ kind, value: text.trim() })),
    ...readAsCustomerNumbers(context, text),
  ]
}

/** A customer number is kept with the namespace of its source; of any, unless `source:number` says which. */
function readAsCustomerNumbers({ settings: { sources } }: Context, text: string): Identifier[] {
  const namespaceOf = (source: string): string =>
    (Object.hasOwn(sources, source) ? sources[source]?.namespace : undefined) ?? source
  const read = (namespace: string, number: string): Identifier[] => {
    const value = normalizeIdentifier('customer_id', number)?.value
    return value === undefined ? [] : [{ kind: 'customer_id', value: `${namespace}/${value}` }]
  }
  const colon = text.indexOf(':')
  return [
    ...[...new Set(Object.keys(sources).map(namespaceOf))].flatMap((namespace) => read(namespace, text)),
    ...(colon > 0 ? read(namespaceOf(text.slice(0, colon)), text.slice(colon + 1)) : []),
  ]
}
