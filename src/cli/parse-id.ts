import { OnefoldError } from '../errors.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id that a person typed. Throws `id.malformed` (payload): the database would refuse it with less to say. */
export function parseId(text: string, what: string): string {
  const id = text.trim().toLowerCase()
  if (UUID.test(id)) return id
  throw new OnefoldError('payload', 'id.malformed', `This is not the id of a ${what}.`, {
    hint: 'Copy it whole from `onefold status`.',
  })
}
