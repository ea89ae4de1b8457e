/** What an event is called: its kind, and its declared name if it has one. */
export interface EventWord {
  readonly kind: string
  readonly name: string | null
}

/** Words by their numbers. */
export type Vocabulary = ReadonlyMap<number, EventWord>
