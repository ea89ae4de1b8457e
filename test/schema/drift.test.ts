import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import config from '../../drizzle.config.ts'
import { type Drift, generateMigration, MIGRATIONS, ROOT } from './generate-migration.ts'

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly tag: string; readonly when: number }[]
}

/** What a migration may do; add a verb here rather than bend one. */
const VERBS = [
  'add',
  'alter',
  'comment',
  'create',
  'drop',
  'fill',
  'grant',
  'index',
  'move',
  'rename',
  'revoke',
  'split',
]

const readJournal = async (): Promise<Journal> =>
  JSON.parse(await readFile(join(MIGRATIONS, 'meta', '_journal.json'), 'utf8')) as Journal

const readNames = async (): Promise<string[]> =>
  (await readdir(MIGRATIONS))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -4))
    .sort()

/** What drizzle-kit says when one line of the tables is written otherwise. */
async function generateWith(file: string, before: string, after: string): Promise<Drift> {
  const folder = await mkdtemp(join(tmpdir(), 'onefold-tables-'))
  try {
    await cp(join(ROOT, 'schema', 'tables'), join(folder, 'tables'), { recursive: true })
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
    const text = await readFile(join(folder, 'tables', file), 'utf8')
    expect(text).toContain(before)
    await writeFile(join(folder, 'tables', file), text.replace(before, after))
    return await generateMigration(join(folder, 'tables', '*.ts'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('the migrations make the tables that the program knows', async () => {
  const { added, said } = await generateMigration(String(config.schema))
  expect({ added, said }).toEqual({ added: [], said: expect.stringContaining('No schema changes') })
})

test('a column without its migration is found', async () => {
  const { added } = await generateWith(
    'events.ts',
    "name: text('name'),",
    "name: text('name'), planted: text('planted'),",
  )
  expect(added).toEqual([expect.stringMatching(/^\d{4}_drift\.sql$/)])
})

test('a renamed column without its migration is found, though drizzle-kit ends well without one', async () => {
  const { added, said } = await generateWith('events.ts', "text('name')", "text('planted')")
  expect(added).toEqual([])
  expect(said).not.toContain('No schema changes')
})

test('the journal lists the files in their order, each later than the one before', async () => {
  const { entries } = await readJournal()
  expect(entries.map(({ tag }) => tag)).toEqual(await readNames())
  expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, index) => index))
  // The migrator skips whatever is not later than the last one applied.
  for (const [index, { when }] of entries.entries()) expect(when).toBeGreaterThan(entries[index - 1]?.when ?? 0)
})

test('a migration is named NNNN_verb_noun, counted without a gap', async () => {
  for (const [index, name] of (await readNames()).entries()) {
    const [, number, verb] = /^(\d{4})_([a-z]+)(?:_[a-z0-9]+)+$/.exec(name) ?? []
    expect({ name, number, verb }).toEqual({
      name,
      number: String(index).padStart(4, '0'),
      verb: expect.toSatisfy((word: string) => VERBS.includes(word)),
    })
  }
})

test('every migration has the snapshot it was made to', async () => {
  const snapshots = (await readdir(join(MIGRATIONS, 'meta'))).filter((name) => name.endsWith('_snapshot.json')).sort()
  expect(snapshots).toEqual((await readNames()).map((name) => `${name.slice(0, 4)}_snapshot.json`))
})
