import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFiles } from '../../src/source/find-files.ts'
import { matchGlob } from '../../src/source/match-glob.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'onefold-files-'))
  await mkdir(join(root, 'in/2024/.cache'), { recursive: true })
  await mkdir(join(root, 'empty'))
  for (const file of [
    'in/b.csv',
    'in/a.csv',
    'in/.hidden.csv',
    'in/10.csv',
    'in/x*.csv',
    'in/2024/c.csv',
    'in/2024/d.jsonl',
    'in/2024/.cache/e.csv',
  ]) {
    await writeFile(join(root, file), '')
  }
  await symlink(join(root, 'in'), join(root, 'in/2024/loop'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const find = async (pattern: string) => (await findFiles(join(root, pattern))).map((path) => relative(root, path))

describe('findFiles', () => {
  test.each([
    ['in/a.csv', ['in/a.csv']],
    ['in', ['in/10.csv', 'in/a.csv', 'in/b.csv', 'in/x*.csv']],
    ['in/?.csv', ['in/a.csv', 'in/b.csv']],
    ['in/x*.csv', ['in/x*.csv']],
    ['in/*/*.csv', ['in/2024/c.csv']],
    ['**/*.csv', ['in/10.csv', 'in/2024/c.csv', 'in/a.csv', 'in/b.csv', 'in/x*.csv']],
    ['in/**/d.jsonl', ['in/2024/d.jsonl']],
    ['in/.*.csv', ['in/.hidden.csv']],
  ])('%s finds %j', async (pattern, files) => {
    expect(await find(pattern)).toEqual(files)
  })

  test.each(['absent.csv', 'in/*.parquet', 'empty', 'nowhere/**/*.csv'])(
    '%s finds nothing and says where it looked and what to do',
    async (pattern) => {
      await expect(find(pattern)).rejects.toMatchObject({
        code: 'source.no_file',
        kind: 'payload',
        details: { file: join(root, pattern) },
        hint: expect.any(String) as string,
      })
    },
  )
})

describe('matchGlob', () => {
  test.each([
    ['**', 'a/b/c', true],
    ['**/c', 'c', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/b/b/c', true],
    ['a/*/c', 'a/b/b/c', false],
    ['*', '.hidden', false],
    ['a?c', 'a/c', false],
    ['*a*b*c', 'xxaxxbxxc', true],
  ])('%s and %s: %s', (pattern, path, fits) => {
    expect(matchGlob(pattern, path)).toBe(fits)
  })

  test('many stars take no exponential time', () => {
    expect(matchGlob('*a'.repeat(30), 'a'.repeat(2000) + 'b')).toBe(false)
    expect(matchGlob(Array(30).fill('**').join('/') + '/x', Array(200).fill('a').join('/'))).toBe(false)
  })
})
