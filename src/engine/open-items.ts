import { openTexts, type Texts } from './texts.ts'

/** What values mean, read from their spelling when they are first asked for, and kept. Code 0 is the empty spelling's. */
export function openItems<Item>(keys: Texts, read: (key: string) => Item): (code: number) => Item {
  const textOf = openTexts(keys)
  const known = new Array<Item | undefined>(keys.size)
  return (code) => (known[code] ??= read(textOf(code)))
}
