import { OnefoldError } from '../errors.ts'
import { translateError } from '../store/translate-error.ts'

/** An error class does not survive the way between threads; its parts do. */
export type CarriedError = Pick<OnefoldError, 'kind' | 'code' | 'message' | 'retryable' | 'details' | 'hint'>

/** Whatever was thrown, as a thread tells it to another. */
export function carryError(thrown: unknown): CarriedError {
  const { kind, code, message, retryable, details, hint } = translateError(thrown)
  return { kind, code, message, retryable, details, hint }
}

/** What another thread told of, to be thrown in this one. */
export function reviveError({ kind, code, message, retryable, details, hint }: CarriedError): OnefoldError {
  return new OnefoldError(kind, code, message, {
    retryable,
    details: { ...details },
    ...(hint === undefined ? {} : { hint }),
  })
}
