import { findBareDigits } from './find-bare-digits.ts'
import { isReserved } from './is-reserved.ts'

/** How a value is used decides what stands for "nothing": `Na` is a name, `0` is an age but no customer. */
export type PlaceholderKind = 'email' | 'phone' | 'name' | 'birth_date' | 'identifier' | 'text'

/** Words that programs and people write when they have nothing to say. */
const EMPTY_WORDS = [
  ...['null', '(null)', '<null>', 'none', '(none)', 'nil', 'n/a', 'n.a.', '#n/a', 'undefined', 'nan'],
  ...['[object object]', 'void', 'unknown', 'unbekannt', 'inconnu', 'desconocido', 'not available', 'not provided'],
  ...['not applicable', 'not set', '(not set)', 'missing', 'empty', 'blank', 'tbd', 'keine angabe', 'k.a.', '?'],
  ...['??', '???'],
]

/** Words that never name a record or a person by themselves. */
const JUNK_WORDS = [
  ...['test', 'tester', 'testing', 'test test', 'xxx', 'xxxx', 'xxxxx', 'asdf', 'asdfasdf', 'asdfgh', 'qwerty'],
  ...['abc', 'foo', 'bar', 'dummy', 'anonymous', 'anonymus'],
]

/**
 * Identifiers: PostHog's illegal ids, Segment's suggested blocks and Adobe's rejected values (documentation read
 * November 2026), plus what the words above cover.
 */
const IDENTIFIER_WORDS = [
  ...['na', 'guest', 'distinctid', 'distinct_id', 'id', 'not_authenticated', 'email', 'true', 'false', 'invalid'],
  ...['abc123', 'user', 'userid', 'user_id', 'customer', 'anon', 'xx', 'test1', 'test123', 'qwertz'],
]
const NAME_WORDS = [
  ...['no name', 'noname', 'n.n.', 'nn', 'name', 'first name', 'last name', 'firstname', 'lastname', 'first'],
  ...['last', 'vorname', 'nachname', 'given name', 'family name', 'surname', 'nom', 'prenom', 'true', 'false'],
]

const TEXT = new Set([...EMPTY_WORDS, 'na'])
const WORDS: Readonly<Record<PlaceholderKind, ReadonlySet<string>>> = {
  email: new Set([...EMPTY_WORDS, ...JUNK_WORDS, 'na', 'no', 'email', 'no email', 'noemail', 'true', 'false', 'guest']),
  phone: new Set([...EMPTY_WORDS, ...JUNK_WORDS, 'na', 'no', 'no phone', 'phone', 'true', 'false']),
  // Without `na` and `guest`, which are family names.
  name: new Set([...EMPTY_WORDS, ...JUNK_WORDS, ...NAME_WORDS]),
  birth_date: new Set([...EMPTY_WORDS, 'na']),
  identifier: new Set([...EMPTY_WORDS, ...JUNK_WORDS, ...IDENTIFIER_WORDS]),
  text: TEXT,
}

/** Mailboxes that send but never belong to one person, or stand for having none; on any host. */
const JUNK_LOCALS = new Set([
  ...['noreply', 'no-reply', 'no_reply', 'no.reply', 'donotreply', 'do-not-reply', 'do_not_reply', 'mailer-daemon'],
  ...['postmaster', 'test', 'tester', 'testing', 'none', 'null', 'undefined', 'unknown', 'anonymous', 'nomail'],
  ...['noemail', 'no-email', 'no.email', 'nobody', 'asdf', 'qwerty', 'dummy', 'fake', 'xxx'],
])

/** Repeats and runs shorter than this are ordinary numbers: customer 111 exists. */
const SHORTEST_RUN = 6
const RUNS = ['01234567890', '12345678901234567890', '98765432109876543210']
const LONGEST = 64
/** `not_authenticated` and `[object object]` are the longest words; no need to hash a longer text. */
const LONGEST_WORD = 18

/**
 * Says whether a value only fills a column that wanted something.
 *
 * Compared without case and outer blanks. Identifiers and telephone numbers also fail when they are all zeros,
 * dashes or one repeated character (6 or more), or a run such as 123456789; e-mails by mailbox, by a mailbox equal
 * to its host's name (`a@a.com`) and by reserved hosts; birth dates by the epochs of systems.
 * Empty text is missing, not a placeholder. Values over 64 characters are none.
 */
export function isPlaceholder(kind: PlaceholderKind, value: string): boolean {
  if (value.length > LONGEST) return kind === 'email' && isReserved('email', value)
  const trimmed = value.trim()
  if (trimmed === '') return false
  if (mayBeWord(kind, trimmed) && WORDS[kind].has(trimmed.toLowerCase())) return true
  if (isOnlyMarks(trimmed)) return true
  if (kind === 'text' || kind === 'name') return false
  const text = trimmed.toLowerCase()
  switch (kind) {
    case 'email':
      return isJunkEmail(text)
    case 'phone':
      return isJunkPhone(text)
    case 'identifier':
      return isJunkIdentifier(text)
    case 'birth_date':
      return JUNK_DATES.has(text.slice(0, 10))
  }
}

/** Which first characters and lengths occur among a kind's words: rules out nearly every real value unhashed. */
const SHAPES: Readonly<Record<PlaceholderKind, Uint8Array>> = {
  email: markShapes(WORDS.email),
  phone: markShapes(WORDS.phone),
  name: markShapes(WORDS.name),
  birth_date: markShapes(WORDS.birth_date),
  identifier: markShapes(WORDS.identifier),
  text: markShapes(WORDS.text),
}

function markShapes(words: ReadonlySet<string>): Uint8Array {
  const shapes = new Uint8Array(128 * (LONGEST_WORD + 1))
  for (const word of words) shapes[shapeOf(word)] = 1
  return shapes
}

function mayBeWord(kind: PlaceholderKind, text: string): boolean {
  return text.length <= LONGEST_WORD && SHAPES[kind][shapeOf(text)] === 1
}

/** Lower-cases ASCII letters only: all words start with one or with a mark. */
function shapeOf(text: string): number {
  const first = text.charCodeAt(0)
  const lower = first >= 65 && first <= 90 ? first + 32 : first
  return lower > 127 ? 0 : lower * (LONGEST_WORD + 1) + text.length
}

const JUNK_DATES = new Set([
  ...['1900-01-01', '1970-01-01', '0001-01-01', '0000-00-00', '1899-12-30', '1899-12-31', '9999-12-31'],
])

/** `-`, `---`, `...`, `_`, `*`: nothing but marks. */
function isOnlyMarks(text: string): boolean {
  const first = text.charCodeAt(0) | 32
  if (first >= 97 && first <= 122) return false
  for (let i = 0; i < text.length; i++) if (!'-–—._*#~/\\ '.includes(text[i] ?? '')) return false
  return true
}

function isJunkEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 0) return false
  const local = text.slice(0, at)
  const host = text.slice(at + 1)
  if (JUNK_LOCALS.has(local) || isReserved('email', text)) return true
  const label = host.slice(0, Math.max(0, host.indexOf('.')))
  return label === local && (isRepeat(local, 1) || WORDS.email.has(local) || WORDS.identifier.has(local))
}

function isJunkPhone(text: string): boolean {
  const bare = findBareDigits(text)
  let digits = bare ?? ''
  for (let i = bare === undefined ? 0 : text.length; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) digits += text[i]
    // Letters are an extension or words, which the number parser judges.
    else if (code > 57 && code < 128) return false
  }
  if (digits === '') return false
  if (text === '-1' || isRun(digits) || isReserved('phone', text)) return true
  if (isRepeat(digits, digits.startsWith('0') ? 1 : SHORTEST_RUN)) return true
  // A country code in front of equal digits: +49 111111111, +1 9999999999.
  return text.startsWith('+') && digits.length > 9 && isRepeat(digits.slice(3), SHORTEST_RUN + 1)
}

function isJunkIdentifier(text: string): boolean {
  if (text === '-1' || /^-?0*(?:\.0+)?$/.test(text)) return true
  // UUIDs and grouped ids are judged by their characters: 00000000-0000-…, ffffffff-ffff-…
  const bare = text.replaceAll(/[-:\s]/g, '')
  return isRepeat(bare, bare.startsWith('0') ? 1 : SHORTEST_RUN) || isRun(bare)
}

function isRepeat(text: string, shortest: number): boolean {
  if (text.length < shortest) return false
  const first = text.charCodeAt(0)
  for (let i = 1; i < text.length; i++) if (text.charCodeAt(i) !== first) return false
  return true
}

function isRun(text: string): boolean {
  return text.length >= SHORTEST_RUN && RUNS.some((run) => run.startsWith(text))
}
