import { doubleMetaphone } from 'double-metaphone'

/** Letters whose accent stripping leaves them whole, and which the algorithm would drop. */
const SPELLED: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', æ: 'ae', œ: 'oe', þ: 'th', ð: 'd' }

/**
 * How a name sounds: one or two Double Metaphone codes (Philips, 2000) without repeats. A name written without
 * Latin letters stands for itself, so that it still finds its equals; an empty name has no sound.
 */
export function deriveSounds(name: string): readonly string[] {
  const spelled = name.replace(/[ßłøđæœþð]/g, (letter) => SPELLED[letter] ?? letter)
  const letters = spelled.replace(/[^a-z]/g, '')
  if (letters === '') return name === '' ? [] : [name]
  const [primary, secondary] = doubleMetaphone(letters)
  if (primary === '') return [letters]
  return secondary === '' || secondary === primary ? [primary] : [primary, secondary]
}
