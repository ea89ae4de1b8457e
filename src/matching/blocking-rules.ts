import type { NormalizedRecord } from '../record/normalized-record.ts'
import { deriveComparable } from './derive-comparable.ts'
import type { ComparableName } from './derive-comparable.ts'
import { deriveSounds } from './derive-sounds.ts'

/** One way for two records to become candidates: they share a text this rule derives from both. */
export interface BlockingRule {
  readonly name: string
  /** The texts of a record, in any order, repeats allowed; none when a part is missing. */
  readonly derive: (record: NormalizedRecord) => readonly string[]
  /** What is added to a text that too many records share; no text, no refinement. */
  readonly refine?: (record: NormalizedRecord) => readonly string[]
}

const nameParts = (record: NormalizedRecord) => deriveComparable(record)
/** At most three parts of a name get keys of their own, so that long names do not multiply them. */
const familySounds = (record: NormalizedRecord): readonly string[] => {
  const { family } = nameParts(record)
  if (family === undefined) return []
  return [...new Set([...family.sounds, ...soundsOfTokens(family)])]
}
const soundsOfTokens = (name: ComparableName) =>
  name.tokens.length > 1 ? name.tokens.slice(0, 3).filter((token) => token.length > 2) : []
const givenSounds = (record: NormalizedRecord): readonly string[] => nameParts(record).given?.sounds ?? []
const givenInitial = (record: NormalizedRecord): readonly string[] => {
  const initial = nameParts(record).given?.first[0]
  return initial === undefined ? [] : [initial]
}
const familyInitial = (record: NormalizedRecord): readonly string[] => {
  const { family } = nameParts(record)
  return family === undefined ? [] : family.tokens.slice(0, 3).map((token) => token.charAt(0))
}
const sortedNames = (record: NormalizedRecord): readonly string[] => {
  const { given, family } = nameParts(record)
  // Given names beyond the first come and go between records.
  return given === undefined || family === undefined ? [] : [[given.first, ...family.tokens].sort().join(' ')]
}
const sortedSounds = (record: NormalizedRecord): readonly string[] => {
  const { given, family } = nameParts(record)
  const sounds = [given?.sounds[0], family?.sounds[0]].filter((sound) => sound !== undefined)
  return sounds.length < 2 ? [] : [sounds.sort().join(' ')]
}
const birthDate = ({ birthDate: date }: NormalizedRecord): readonly string[] =>
  date?.month === undefined || date.day === undefined ? [] : [`${date.year}-${date.month}-${date.day}`]
const birthYear = ({ birthDate: date }: NormalizedRecord): readonly string[] =>
  date === undefined ? [] : [String(date.year)]
const postcode = ({ address }: NormalizedRecord) => one(address?.postcode)
const city = ({ address }: NormalizedRecord) => one(address?.city)
const houseNumber = ({ address }: NormalizedRecord) => one(address?.houseNumber)
const street = ({ address }: NormalizedRecord) => one(address?.street)
const organisationSounds = ({ organisation: name }: NormalizedRecord) => deriveSounds(name ?? '')
/** The words of an organisation's name that are not filler, at most three. */
const organisationWords = ({ organisation: name }: NormalizedRecord) =>
  (name ?? '')
    .split(' ')
    .filter((word) => word.length > 3)
    .slice(0, 3)
/** How the first three longer words of an organisation's own name begin: endings and vowels behind are often left out. */
const partyWords = (record: NormalizedRecord) =>
  nameParts(record).isOrganisation ? organisationWords(record).map((word) => word.slice(0, 4)) : []
const emails = (record: NormalizedRecord) => nameParts(record).emails
const one = (text: string | undefined): readonly string[] => (text === undefined || text === '' ? [] : [text])

type Part = (record: NormalizedRecord) => readonly string[]

/** Every combination of one text per part; none when a part has none. */
const all =
  (...parts: readonly Part[]): Part =>
  (record) =>
    parts.reduce<readonly string[]>(
      (texts, part) => {
        if (texts.length === 0) return texts
        const further = part(record)
        return texts.flatMap((text) => further.map((other) => (text === '' ? other : `${text}|${other}`)))
      },
      [''],
    )

/**
 * The rules used unless settings say otherwise, the most telling first, because a pair is reported under the first
 * rule that finds it. Each survives an error in some field: sound-alike names meet on a birth date, a changed name
 * on date and postcode or on a phone, a mistyped date on name and year. Refinements add a field the rule does not
 * use yet.
 */
export const DEFAULT_BLOCKING_RULES: readonly BlockingRule[] = [
  {
    name: 'identifier',
    derive: (record) =>
      record.identifiers
        .filter(({ kind }) => kind !== 'email' && kind !== 'phone')
        .map(({ kind, value }) => `${kind}:${value}`),
    refine: givenSounds,
  },
  { name: 'email', derive: (record) => record.emails, refine: givenSounds },
  { name: 'email_base', derive: (record) => emails(record).map(({ base }) => base), refine: givenSounds },
  { name: 'phone', derive: (record) => record.phones, refine: givenSounds },
  {
    name: 'phone_tail',
    derive: (record) => record.phones.filter((text) => text.length >= 8).map((text) => text.slice(-7)),
    refine: givenSounds,
  },
  { name: 'family_sound_birth_date', derive: all(familySounds, birthDate), refine: givenInitial },
  { name: 'given_sound_birth_date', derive: all(givenSounds, birthDate), refine: postcode },
  { name: 'names_postcode', derive: all(sortedNames, postcode), refine: birthYear },
  { name: 'family_sound_initial_postcode', derive: all(familySounds, givenInitial, postcode), refine: birthYear },
  { name: 'street_number_family_sound', derive: all(street, houseNumber, familySounds), refine: givenInitial },
  { name: 'names_birth_year', derive: all(sortedNames, birthYear), refine: postcode },
  { name: 'names', derive: sortedNames, refine: city },
  { name: 'name_sounds', derive: sortedSounds, refine: birthYear },
  { name: 'organisation_sound_postcode', derive: all(organisationSounds, postcode), refine: familySounds },
  { name: 'organisation_sound_city', derive: all(organisationSounds, city), refine: familySounds },
  { name: 'organisation_word_family_sound', derive: all(organisationWords, familySounds), refine: givenInitial },
  {
    name: 'email_local_family_initial',
    derive: all(
      (record) =>
        emails(record)
          .filter(({ local, isRole }) => local.length >= 5 && !isRole)
          .map(({ local }) => local),
      familyInitial,
    ),
    refine: givenInitial,
  },
  { name: 'birth_date_street', derive: all(birthDate, street), refine: houseNumber },
  { name: 'birth_date_postcode', derive: all(birthDate, postcode), refine: givenInitial },
  { name: 'family_sound_initial_birth_year', derive: all(familySounds, givenInitial, birthYear), refine: postcode },
  { name: 'address_postcode', derive: all(street, houseNumber, postcode), refine: familySounds },
  { name: 'party_word_postcode', derive: all(partyWords, postcode), refine: houseNumber },
  { name: 'party_word_city', derive: all(partyWords, city), refine: street },
  {
    name: 'party_number_postcode',
    derive: all((record) => (nameParts(record).isOrganisation ? ['party'] : []), houseNumber, postcode),
    refine: street,
  },
  { name: 'address_initial', derive: all(street, houseNumber, givenInitial), refine: postcode },
]
