import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportRows } from '../../src/pipeline/export/export-rows.ts'
import { findExported } from '../../src/store/export/find-exported.ts'
import { listExportable } from '../../src/store/export/list-exportable.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'

let database: MigratedDatabase
beforeAll(async () => {
  database = await openMigratedDatabase('export_parquet')
})
afterAll(() => database.drop())

type Row = Readonly<Record<string, unknown>>

/** The bytes of a Parquet export, and how many pieces they came in. */
async function exportAs(name: string): Promise<{ file: ArrayBuffer; pieces: number }> {
  const pieces: (string | Uint8Array)[] = []
  await exportRows(database.context, { name, format: 'parquet', reveal: false, raw: false }, async (piece) => {
    pieces.push(piece)
  })
  return { file: await new Blob(pieces).arrayBuffer(), pieces: pieces.length }
}

/** Instants come as microseconds since 1970. */
const readRows = (file: ArrayBuffer): Promise<Row[]> =>
  parquetReadObjects({ file, parsers: { timestampFromMicroseconds: (micros: bigint) => micros } })

test('every cell of a Parquet export is what SQL says, to the microsecond and the last digit [J2]', async () => {
  const { sql } = database.context.store
  await sql`
    CREATE TABLE onefold_out.every_type (
      key int PRIMARY KEY, yes boolean, small smallint, wide bigint, xact xid8, amount float8, said text, day date,
      at timestamptz, tags text[], cuts float8[], more jsonb)`
  await sql`
    INSERT INTO onefold_out.every_type VALUES
      (-2147483648, true, -32768, 9007199254740991, '9223372036854775807', 1e-300, '=1+1', '1899-12-31',
       '2026-06-30 12:00:00.123456+00', '{a,"b;c",""}', '{0.1,-5}', '{"a": [1, null, "x"]}'),
      (0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (1, false, 32767, -9007199254740991, '0', 0.1, '', '2026-02-28', '0001-01-01 00:00:00.000001+00', '{}', '{}', '[]'),
      (2147483647, false, 0, 0, '1', -0.5, 'Zoë 🦊 "x", y', '9999-12-31', '9999-12-31 23:59:59.999999+00', '{=x}', '{1e300}', '"s"')`
  const said = await sql<Row[]>`
    SELECT key, yes, small, wide::text, xact::text, amount, said, day::text,
      (extract(epoch FROM at) * 1000000)::bigint::text AS at, tags, cuts, more
    FROM onefold_out.every_type ORDER BY key`
  const rows = await readRows((await exportAs('every_type')).file)
  const spelled = rows.map((row) => ({
    ...row,
    wide: (row['wide'] as bigint | null)?.toString() ?? null,
    xact: (row['xact'] as bigint | null)?.toString() ?? null,
    day: (row['day'] as Date | null)?.toISOString().slice(0, 10) ?? null,
    // How the reader spells a list that is null.
    tags: row['tags'] ?? null,
    cuts: row['cuts'] ?? null,
    at: (row['at'] as bigint | null)?.toString() ?? null,
  }))
  expect(spelled).toEqual([...said])
})

test('groups of rows follow each other without losing one', async () => {
  await database.context.store.sql`
    CREATE TABLE onefold_out.many AS SELECT i AS key, 'row ' || i AS said FROM generate_series(1, 45000) AS i`
  const { file, pieces } = await exportAs('many')
  const rows = await readRows(file)
  expect(pieces).toBe(4)
  expect(rows).toHaveLength(45_000)
  expect(rows.findIndex(({ key, said }, index) => key !== index + 1 || said !== `row ${index + 1}`)).toBe(-1)
})

test('whatever is published can be Parquet, and without a row it is a file that has the columns', async () => {
  const { sql } = database.context.store
  const names = await listExportable(sql)
  expect(names).toContain('unified_profiles')
  for (const name of names) {
    const columns = (await findExported(sql, name))!.columns.map((column) => column.name)
    const metadata = parquetMetadata((await exportAs(name)).file)
    expect(parquetSchema(metadata).children.map(({ element }) => element.name)).toEqual(columns)
  }
})

test('a type that is new to it is refused by name', async () => {
  await database.context.store.sql`CREATE TABLE onefold_out.strange (key int PRIMARY KEY, span interval)`
  await expect(exportAs('strange')).rejects.toMatchObject({
    code: 'export.unknown_type',
    details: { column: 'span', type: 'interval' },
  })
})
