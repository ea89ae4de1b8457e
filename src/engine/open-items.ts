import { openTexts, type Texts } from './texts.ts'

/**
 * What values mean, read from their spelling when they are first asked for. All are kept, or with `most`, a power of 2,
 * about so many of those asked for last: where values differ in every row, keeping them costs more than reading again.
 */
export function openItems<Item>(keys: Texts, read: (key: string) => Item, most = Infinity): (code: number) => Item {
  const textOf = openTexts(keys)
  if (keys.size <= most) {
    const known = new Array<Item | undefined>(keys.size)
    return (code) => (known[code] ??= read(textOf(code)))
  }
  const known = new Array<Item | undefined>(most)
  const codes = new Int32Array(most).fill(-1)
  return (code) => {
    const place = code & (most - 1)
    if (codes[place] !== code) {
      codes[place] = code
      known[place] = read(textOf(code))
    }
    return known[place]!
  }
}
