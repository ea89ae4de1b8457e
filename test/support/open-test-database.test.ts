import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { openTestDatabase } from './open-test-database.ts'

async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 })
  await sql`create table visits as select now() as migrated_at, pg_backend_pid() as pid`
  await sql.end()
}

async function read(url: string): Promise<unknown> {
  const sql = postgres(url, { max: 1 })
  try {
    return await sql`select migrated_at, pid from visits`
  } finally {
    await sql.end()
  }
}

test('the migration runs once, each file gets its own copy', async () => {
  const [first, second] = await Promise.all([
    openTestDatabase('First file!', migrate),
    openTestDatabase('second', migrate),
  ])
  expect(await read(first.url)).toEqual(await read(second.url))
  const sql = postgres(first.url, { max: 1 })
  await sql`delete from visits`
  await sql.end()
  expect(await read(second.url)).toHaveLength(1)
  await first.drop()
  await second.drop()
})

test('without a migration the database is empty', async () => {
  const empty = await openTestDatabase()
  await expect(read(empty.url)).rejects.toMatchObject({ code: '42P01' })
  await empty.drop()
})

test('a connection left open fails the drop, and the database goes all the same', async () => {
  const database = await openTestDatabase('leaky')
  const sql = postgres(database.url, { max: 1, connection: { application_name: 'forgetful' } })
  await sql`select 1`
  await expect(database.drop()).rejects.toThrowError(/1 connections to test_\w+ were left open: forgetful \(idle\)/)
  await sql.end()
  const other = await openTestDatabase()
  const check = postgres(other.url, { max: 1 })
  expect(await check`select 1 from pg_database where datname = ${database.name}`).toHaveLength(0)
  await check.end()
  await other.drop()
})

test('a migration that fails leaves no template for the next file', async () => {
  const broken = async (): Promise<void> => {
    throw new Error('broken migration')
  }
  await expect(openTestDatabase('broken', broken)).rejects.toThrowError('broken migration')
  await expect(openTestDatabase('broken', broken)).rejects.toThrowError('broken migration')
})

test('every database of a run can be told by its name', async () => {
  const database = await openTestDatabase('named')
  expect(database.name.startsWith(`test_${inject('testRunId')}_named_`)).toBe(true)
  await database.drop()
})
