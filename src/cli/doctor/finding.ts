/** What one check found. */
export interface Finding {
  readonly check: string
  readonly verdict: 'ok' | 'warn' | 'fail'
  readonly message: string
  /** What to do about it. */
  readonly next?: string
}
