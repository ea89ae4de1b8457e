/** Letters that have no accent to drop but an ASCII spelling people use. */
const SPELLED_OUT: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['œ', 'oe'],
  ['Œ', 'Oe'],
  ['ø', 'o'],
])

/** A name as someone without the right keyboard types it: accents dropped, ß as ss. Idempotent. */
export function foldToAscii(text: string): string {
  let folded = ''
  for (const character of text.normalize('NFD')) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0x300 && code <= 0x36f) continue
    folded += SPELLED_OUT.get(character) ?? character
  }
  return folded
}
