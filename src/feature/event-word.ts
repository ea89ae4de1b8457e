/** What an event is called: its kind, and its declared name if it has one. */
export interface EventWord {
  readonly kind: string
  readonly name: string | null
}

/** Words at the places of their numbers; nothing at others. */
export type Vocabulary = readonly (EventWord | undefined)[]
