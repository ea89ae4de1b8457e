import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAKER = join(dirname(fileURLToPath(import.meta.url)), 'make-people.js')

const CONFIGURATION = `region: GB
sources:
  people:
    kind: people
    columns:
      id: record_key
      first_name: given_name
      last_name: family_name
      birth_date: birth_date
      email: email
      phone: phone
      street: street
      city: city
      postcode: postcode
      updated_at: updated_at
`

/** Writes a CSV of so many invented people (`make-people`); the same seed gives the same bytes. */
export function writePeople(file: string, records: number, seed: number): void {
  execFileSync(process.execPath, [MAKER, '--records', String(records), '--seed', String(seed), '--out', file], {
    stdio: 'ignore',
  })
}

/** Makes `people` a source of a folder, with the columns that `writePeople` writes. */
export function declarePeople(folder: string): void {
  writeFileSync(join(folder, 'onefold.config.yaml'), CONFIGURATION)
}
