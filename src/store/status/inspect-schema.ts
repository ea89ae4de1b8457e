import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findMigrationsFolder } from '../find-migrations-folder.ts'
import type { Tx } from '../open-store.ts'

export interface SchemaState {
  /** Migrations of this release that the database lacks, by name, in order. */
  readonly pending: readonly string[]
  /** Migrations of the database that this release does not know: it was filled by a later one. */
  readonly unknown: number
}

/** Holds the database's list of migrations against this release's. Reads only. */
export async function inspectSchema(tx: Tx): Promise<SchemaState> {
  const journal = JSON.parse(await readFile(join(findMigrationsFolder(), 'meta', '_journal.json'), 'utf8')) as {
    entries: { when: number; tag: string }[]
  }
  const [table] = await tx<{ there: boolean }[]>`SELECT to_regclass('onefold.migrations') IS NOT NULL AS there`
  const applied =
    table?.there === true ? await tx<{ created_at: number }[]>`SELECT created_at FROM onefold.migrations` : []
  const known = new Set(journal.entries.map(({ when }) => when))
  const done = new Set(applied.map((row) => row.created_at))
  return {
    pending: journal.entries.filter(({ when }) => !done.has(when)).map(({ tag }) => tag),
    unknown: applied.filter((row) => !known.has(row.created_at)).length,
  }
}
