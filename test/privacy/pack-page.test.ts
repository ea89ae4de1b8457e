import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openPageWriter } from '../../src/privacy/pack-page.ts'
import { countPageRows, unpackPage } from '../../src/privacy/unpack-page.ts'

const rows = fc.array(fc.record({ raw: fc.uint8Array({ maxLength: 200 }), said: fc.json() }), { maxLength: 40 })

test('every row of a page comes back as it was put in, page after page', () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 4 }), (pages) => {
      const writer = openPageWriter()
      for (const page of pages) {
        for (const { raw, said } of page) writer.add(raw, Buffer.from(said))
        expect(writer.rows).toBe(page.length)
        const packed = writer.take()
        expect(countPageRows(packed)).toBe(page.length)
        for (const [position, { raw, said }] of page.entries()) {
          expect(unpackPage(packed, position)).toEqual({ raw: Buffer.from(raw), normalizedJson: said })
        }
      }
    }),
  )
})

test('a page outgrows its first buffer without losing a byte', () => {
  const writer = openPageWriter()
  const large = Buffer.alloc(100_000, 'x')
  writer.add(Buffer.from('first'), Buffer.from('{"a":1}'))
  writer.add(large, Buffer.from(JSON.stringify('ü'.repeat(50_000))))
  const page = writer.take()
  expect(unpackPage(page, 0)).toEqual({ raw: Buffer.from('first'), normalizedJson: '{"a":1}' })
  expect(unpackPage(page, 1).raw.equals(large)).toBe(true)
  expect(unpackPage(page, 1).normalizedJson).toBe(JSON.stringify('ü'.repeat(50_000)))
})

test('bytes that are no page, and rows that are not there, are refused', () => {
  const writer = openPageWriter()
  writer.add(Buffer.from('only'), Buffer.of())
  const page = writer.take()
  for (const [bytes, position] of [
    [page, 1],
    [page.subarray(0, page.length - 1), 0],
    [page.subarray(0, 5), 0],
    [Buffer.alloc(0), 0],
    [Buffer.from([9, 0, 1, 0]), 0],
  ] as const) {
    expect(() => unpackPage(bytes, position)).toThrow(expect.objectContaining({ code: 'seal.bad_pack' }))
  }
})
