export type ErrorKind = 'settings' | 'payload' | 'not_found' | 'conflict' | 'store' | 'invariant'

/**
 * The one error of the project. `code` is stable and dotted (`lease.lost`), `details` holds ids, counts,
 * file names, lines and constraint names only: never a value of a record.
 */
export class OnefoldError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly retryable: boolean
  readonly details: Readonly<Record<string, string | number | boolean>>
  /** What the person can do about it, one sentence. */
  readonly hint: string | undefined

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: {
      retryable?: boolean
      details?: Record<string, string | number | boolean>
      hint?: string
      cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'OnefoldError'
    this.kind = kind
    this.code = code
    this.retryable = options.retryable ?? false
    this.details = options.details ?? {}
    this.hint = options.hint
  }
}
