import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTable } from '../../src/cli/dedupe/read-table.ts'
import { formatEngineModel } from '../../src/engine/engine-model.ts'
import { openCrew } from '../../src/cli/dedupe/open-crew.ts'
import { openTexts } from '../../src/engine/texts.ts'
import { buildTable, resolve } from './build-table.ts'
import { inventPeople, PEOPLE_HEADER } from './invent-people.ts'

const sumUp = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')

const { rows } = inventPeople(400, 11)
const half = rows.length / 2

test.each([
  ['one file', false, [[PEOPLE_HEADER, ...rows]]],
  ['two files that are linked', true, [rows.slice(0, half), rows.slice(half)].map((part) => [PEOPLE_HEADER, ...part])],
] as const)(
  '%s gives the same pairs, model and clusters to the byte with any number of threads',
  async (_, linkOnly, files) => {
    const found = []
    for (const threads of [1, 2, 3]) {
      const crew = openCrew(threads)
      const { pairs, patterns, model, clusterOf, uses } = await resolve(buildTable(...files), { linkOnly, crew })
      await crew.end()
      const arrays = [pairs.a, pairs.b, pairs.pattern, patterns.levels, patterns.counts, clusterOf]
      found.push({ uses, pairs: pairs.a.length, model: formatEngineModel(model), sums: arrays.map(sumUp) })
    }
    expect(found[0]!.pairs).toBeGreaterThan(1000)
    expect(found[1]).toEqual(found[0])
    expect(found[2]).toEqual(found[0])
  },
)

test('work for a thread that has ended is refused with leave to try again', async () => {
  const crew = openCrew(2)
  await crew.end()
  const space = { rowCount: 0, fileOf: new Uint16Array(0), fileCount: 1, linkOnly: false }
  const columns = { rowCount: 0, keys: new Int32Array(0), needs: new Int32Array(0) }
  await expect(crew.run({ kind: 'find', columns, space, maxBlock: 1 }, 0)).rejects.toMatchObject({
    code: 'engine.thread_ended',
    retryable: true,
  })
})

test('a file that is read by several threads is the table that one reads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onefold-crew-'))
  try {
    const first = join(folder, 'first.csv')
    const second = join(folder, 'second.csv')
    writeFileSync(first, [PEOPLE_HEADER, ...rows.slice(0, half)].map((cells) => cells.join(',')).join('\n'))
    writeFileSync(second, ['id,city,extra', ...rows.slice(half).map(([id]) => `${id},"a ""b"" é",${id}`)].join('\n'))
    const read = async (threads: number) => {
      const crew = openCrew(threads)
      const { table } = await readTable([first, second], () => undefined, crew)
      await crew.end()
      return table.columns.map(({ name, codes, values }) => ({ name, cells: Array.from(codes, openTexts(values)) }))
    }
    const alone = await read(1)
    expect(alone.map(({ name }) => name)).toEqual([...new Set([...PEOPLE_HEADER, 'id', 'city', 'extra'])])
    expect(await read(2)).toEqual(alone)
    expect(await read(3)).toEqual(alone)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
