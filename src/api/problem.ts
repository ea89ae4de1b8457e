import type { Context as Request } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { OnefoldError } from '../errors.ts'
import { translateError } from '../store/translate-error.ts'

/** Seconds after which whoever was turned away may come again. */
const RETRY_AFTER = 1

/** Statuses of what the server itself refuses, by code. */
const STATUS: Readonly<Record<string, ContentfulStatusCode>> = {
  'api.unauthorized': 401,
  'api.forbidden': 403,
  'api.not_found': 404,
  'api.too_large': 413,
  'api.unsupported_encoding': 415,
  'intake.busy': 429,
  'intake.closed': 503,
}

/** Statuses of the other errors, by kind. */
const STATUS_OF_KIND: Readonly<Record<OnefoldError['kind'], ContentfulStatusCode>> = {
  payload: 400,
  settings: 500,
  not_found: 404,
  conflict: 409,
  store: 503,
  invariant: 500,
}

/** Answers with what went wrong (RFC 9457, `application/problem+json`): what, and what to do next; never a value that was sent. */
export function answerProblem(request: Request, thrown: unknown): Response {
  const error = translateError(thrown)
  const status = STATUS[error.code] ?? STATUS_OF_KIND[error.kind]
  const problem = {
    type: `urn:onefold:problem:${error.code}`,
    title: error.message,
    status,
    code: error.code,
    ...(error.hint === undefined ? {} : { detail: error.hint }),
    // Of other errors they name files and constraints, which are nobody's business out there.
    ...(/^(api|intake)\./.test(error.code) ? error.details : {}),
  }
  return request.body(JSON.stringify(problem), status, {
    'content-type': 'application/problem+json',
    ...(status === 401 ? { 'www-authenticate': 'Basic realm="onefold", charset="UTF-8"' } : {}),
    ...(status === 429 || status === 503 ? { 'retry-after': String(RETRY_AFTER) } : {}),
  })
}

/** What a request must change. */
export function refuse(
  code: string,
  message: string,
  hint: string,
  details: Record<string, string | number> = {},
): OnefoldError {
  return new OnefoldError(code === 'api.not_found' ? 'not_found' : 'payload', code, message, { hint, details })
}
