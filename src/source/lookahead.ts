/**
 * Finds the next place of one character, remembering the last answer: asking for ever later positions reads the
 * text only once. Infinity when there is none. `forget` before asking about another text.
 */
export class Lookahead {
  readonly #char: string
  #asked = NaN
  #found = NaN

  constructor(char: string) {
    this.#char = char
  }

  from(text: string, pos: number): number {
    if (pos >= this.#asked && pos <= this.#found) return this.#found
    const index = text.indexOf(this.#char, pos)
    this.#asked = pos
    this.#found = index < 0 ? Number.POSITIVE_INFINITY : index
    return this.#found
  }

  forget(): void {
    this.#asked = this.#found = NaN
  }
}
