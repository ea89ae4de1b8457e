import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createGzip, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readRows } from '../../src/source/read-rows.ts'
import { cellsOf, codesOf, readAll, readText, withFile } from './support/read-all.ts'

describe('memory', () => {
  const MIB = 1024 * 1024

  async function writeHuge(path: string, before: string, after: string, fill: string): Promise<void> {
    const file = createWriteStream(path)
    file.write(before)
    for (let piece = 0; piece < 100; piece++) if (!file.write(Buffer.alloc(MIB, fill))) await once(file, 'drain')
    file.end(after)
    await once(file, 'finish')
  }

  test.each([
    ['t.csv', 'a,b\n1,2\n3,', '\n5,6\n', 'x'],
    ['t.csv', 'a,b\n1,2\n3,"', '"\n5,6\n', 'x'],
    ['t.jsonl', '{"a":1,"b":2}\n{"a":"', '"}\n{"a":5,"b":6}\n', 'x'],
    ['t.json', '[{"a":1,"b":2},{"a":"', '"},{"a":5,"b":6}]', 'x'],
    ['t.json', '[{"a":1,"b":2},{"a":', '},{"a":5,"b":6}]', '['],
  ])(
    'a field of 100 MB in %s is cut off, its neighbours are read, memory stays small',
    async (name, before, after, fill) => {
      await withFile(name, '', async (path) => {
        await writeHuge(path, before, after, fill)
        const start = process.memoryUsage().rss
        const result = await readAll(path)
        expect(process.memoryUsage().rss - start).toBeLessThan(150 * MIB)
        const end = fill === '[' ? 2 : 3
        expect(result.rows.slice(0, end).map(codesOf).slice(0, 2)).toEqual([[], ['row.too_large']])
        expect(result.rows[1]!.raw).toHaveLength(MIB)
        if (fill !== '[') expect(cellsOf(result)[2]).toEqual(['5', '6'])
      })
    },
  )

  test('100 MB of zeros in gzip are one row, or refused when a limit says so', async () => {
    await withFile('t.csv.gz', '', async (path) => {
      const file = createWriteStream(path)
      const gzip = createGzip()
      gzip.pipe(file)
      gzip.write('a,b\n1,2\n')
      for (let piece = 0; piece < 100; piece++) if (!gzip.write(Buffer.alloc(MIB))) await once(gzip, 'drain')
      gzip.end('\n3,4\n')
      await once(file, 'finish')
      const start = process.memoryUsage().rss
      const result = await readAll(path, { format: { encoding: 'utf-8' } })
      expect(process.memoryUsage().rss - start).toBeLessThan(150 * MIB)
      expect(result.rows.map(codesOf)).toEqual([[], ['row.too_large'], []])
      for (const limit of [{ maxInflatedBytes: 10 * MIB }, { maxInflateRatio: 200 }]) {
        await expect(readAll(path, { format: { encoding: 'utf-8' }, ...limit })).rejects.toMatchObject({
          code: 'source.inflates_too_much',
          kind: 'payload',
        })
      }
    })
  })

  test('a cut gzip file gives all whole rows, then says where it ended', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index},${(index * 7919) % 10_007}\n`)
    const whole = gzipSync(`a,b\n${lines.join('')}`)
    const rows: (string | null)[][] = []
    let failure: unknown
    await withFile('t.csv.gz', whole.subarray(0, Math.floor(whole.length / 2)), async (path) => {
      try {
        for await (const batch of readRows(path, { batchRows: 100, pieceBytes: 4096 })) {
          rows.push(...batch.rows.map((row) => [...row.cells]))
        }
      } catch (error) {
        failure = error
      }
    })
    expect(failure).toMatchObject({
      kind: 'payload',
      code: 'source.truncated',
      details: { file: 't.csv.gz', line: rows.length + 2, byte: expect.any(Number) as number },
    })
    expect(rows.length).toBeGreaterThan(5000)
    expect(rows).toEqual(lines.slice(0, rows.length).map((line) => line.trim().split(',')))
  })

  test('many wide and empty rows do not pile up in one batch', async () => {
    const header = Array.from({ length: 10_000 }, (_, index) => `c${index}`).join()
    const result = await readText('t.csv', `${header}\n${'1\n'.repeat(500)}`)
    expect(Math.max(...result.batches.map((batch) => batch.rows.length))).toBeLessThan(200)
    expect(result.rows).toHaveLength(500)
  })
})
