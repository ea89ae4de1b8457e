/** Letters that Unicode does not decompose but that people and other systems write with plain ones. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
  ŧ: 't',
  ĸ: 'k',
}

const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u
/** Modifier letters such as U+02BC look and act as apostrophes in names, so they split. */
const MODIFIER = /\p{Lm}/u
/** Soft hyphen, zero-width and direction marks: invisible, so they must not make two words of one. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]|\p{Variation_Selector}/u

/**
 * Spells a text in lower-case letters without accents, every other mark a single blank.
 *
 * Latin accents go (NFKD without U+0300 to U+036F), `ß Ł Ø Đ Æ` become `ss l o d ae`, other scripts keep
 * their own vowel signs; empty when no letter or digit is left. Idempotent; linear in the text's length.
 */
export function normalizeText(raw: string): string {
  if (isPlain(raw)) return raw.toLowerCase()
  let words = ''
  let pending = false
  for (let i = 0; i < raw.length; i++) {
    let code = raw.charCodeAt(i)
    if (code > 127) return normalizeUnicodeText(raw)
    if (code >= 65 && code <= 90) code += 32
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) {
      if (pending && words !== '') words += ' '
      pending = false
      words += String.fromCharCode(code)
    } else {
      pending = true
    }
  }
  return words
}

/** ASCII words with one blank between them, as nearly all are: only the case is to be folded. */
export function isPlain(raw: string): boolean {
  let blank = true
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i)
    if (code === 32) {
      if (blank) return false
      blank = true
    } else {
      const folded = code | 32
      if (!((folded >= 97 && folded <= 122 && code >= 65) || (code >= 48 && code <= 57)) || code > 122) return false
      blank = false
    }
  }
  return !blank
}

function normalizeUnicodeText(raw: string): string {
  let words = ''
  let pending = false
  for (const character of raw.normalize('NFKD').toLowerCase().normalize('NFKD')) {
    const code = character.codePointAt(0) ?? 0
    if ((code >= 0x300 && code <= 0x36f) || INVISIBLE.test(character)) continue
    if (WORD_CHARACTER.test(character) && !MODIFIER.test(character)) {
      if (pending && words !== '') words += ' '
      pending = false
      words += PLAIN_LETTERS[character] ?? character
    } else {
      pending = true
    }
  }
  return words.normalize('NFC')
}
