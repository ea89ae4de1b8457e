import { normalizeText } from './normalize-text.ts'

/** Legal forms and their short forms, folded and without blanks (`S. à r. l.` is `sarl`). */
const LEGAL_FORMS = new Set([
  ...['gmbh', 'mbh', 'ggmbh', 'ag', 'kg', 'kgaa', 'ohg', 'gbr', 'ug', 'ev', 'eg', 'ek', 'se', 'haftungsbeschrankt'],
  ...[
    'inc',
    'incorporated',
    'llc',
    'llp',
    'lp',
    'ltd',
    'limited',
    'plc',
    'corp',
    'corporation',
    'co',
    'company',
    'cic',
  ],
  ...['sa', 'sas', 'sasu', 'sarl', 'eurl', 'sci', 'snc', 'sl', 'slu', 'srl', 'spa', 'sapi', 'cv', 'ltda', 'eireli'],
  ...['bv', 'nv', 'vof', 'bvba', 'ab', 'as', 'asa', 'aps', 'oy', 'oyj', 'hf', 'ehf', 'pty', 'pvt', 'pte', 'sdn', 'bhd'],
  ...['kft', 'zrt', 'nyrt', 'bt', 'sro', 'doo', 'dd', 'spzoo', 'zoo', 'ooo', 'oao', 'kk', 'gk'],
])
/** Links between a name and its form, as in `Meyer & Co. KG`. */
const LINKS = new Set(['and', 'und', 'et', 'y', 'e', 'en', 'och', 'og'])

/**
 * Spells an organisation's name in lower case without accents, punctuation and legal form.
 *
 * Single letters in a row join (`A. B. C. Ltd` is `abc`); the form goes only from the end and never the last
 * word, so that `Limited` keeps its name. `undefined` when nothing is left. Idempotent.
 */
export function normalizeOrganisation(raw: string): string | undefined {
  const text = normalizeText(raw)
  if (text === '') return undefined
  const words = joinLetters(text.split(' '))
  let from = 0
  let to = words.length
  while (to - from > 1 && (LEGAL_FORMS.has(words[to - 1] ?? '') || LINKS.has(words[to - 1] ?? ''))) to--
  while (to - from > 1 && words[from] === 'the') from++
  return words.slice(from, to).join(' ')
}

function joinLetters(words: readonly string[]): readonly string[] {
  const joined: string[] = []
  let letters = ''
  for (const word of words) {
    // `Sp. z o.o.` is the one common form that is not spelled in single letters alone.
    if (word.length === 1 || (word === 'sp' && letters === '' && words.includes('z'))) letters += word
    else {
      if (letters !== '') joined.push(letters)
      letters = ''
      joined.push(word)
    }
  }
  if (letters !== '') joined.push(letters)
  return joined
}
