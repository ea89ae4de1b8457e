/** One promise held against what is stored. */
export interface Check {
  /** What must hold, as a sentence. */
  readonly promise: string
  /** How much was looked at. */
  readonly checked: number
  /** How much of it breaks the promise; 0 when it holds. */
  readonly broken: number
  /** Ids of a few that break it. */
  readonly examples: readonly string[]
}
