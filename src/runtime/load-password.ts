import { readFile } from 'node:fs/promises'
import { OnefoldError } from '../errors.ts'

/** The owner's password of a home. Throws `postgres.password_lost` when the file is gone or empty. */
export async function loadPassword(file: string): Promise<string> {
  const password = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (password !== '') return password
  throw new OnefoldError('store', 'postgres.password_lost', 'The password file of the database is missing', {
    details: { file },
    hint: 'Restore the password file from a backup of the home folder.',
  })
}
