import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { openTestDatabase } from '../support/open-test-database.ts'
import { ROOT } from './generate-migration.ts'

/** `schema.table.column` → type and nullability. */
type Columns = Readonly<Record<string, string>>

async function readDeclared(): Promise<Columns> {
  const folder = join(ROOT, 'schema', 'tables')
  const modules = await Promise.all(
    (await readdir(folder)).map((name) => import(join(folder, name)) as Promise<object>),
  )
  const tables = modules.flatMap((module) => Object.values(module).filter((value) => is(value, PgTable)))
  return Object.fromEntries(
    tables.flatMap((table) => {
      const { schema, name, columns } = getTableConfig(table)
      return columns.map((column) => [
        `${schema}.${name}.${column.name}`,
        `${column.getSQLType().replace(' (', '(')}${column.notNull ? ' not null' : ''}`,
      ])
    }),
  )
}

async function readMigrated(url: string): Promise<Columns> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    const rows = await sql<{ place: string; kind: string }[]>`
      select c.relnamespace::regnamespace || '.' || c.relname || '.' || a.attname as place,
        format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end as kind
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace::regnamespace::text in ('onefold', 'onefold_out') and c.relkind in ('r', 'p')
        and not c.relispartition and c.relname <> 'migrations' and a.attnum > 0 and not a.attisdropped`
    return Object.fromEntries(rows.map(({ place, kind }) => [place, kind]))
  } finally {
    await sql.end()
  }
}

test('a migrated database has the columns that the tables declare, whatever was edited by hand in a migration', async () => {
  const database = await openTestDatabase('migrated', (url) => migrate({ url }))
  expect(await readMigrated(database.url)).toEqual(await readDeclared())
  await database.drop()
})
