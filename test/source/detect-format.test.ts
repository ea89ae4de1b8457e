import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectFormat } from '../../src/source/detect-format.ts'

const detect = (text: string, name = 'export') => detectFormat(Buffer.from(text), name)

describe('the delimiter', () => {
  test.each([',', ';', '\t', '|'])('%j is found by consistency', (delimiter) => {
    const rows = ['name,price', 'A; x,"1,5"', 'B | y,"2,5"'].map((row) => row.split(/,(?!\d)/).join(delimiter))
    expect(detect(rows.join('\n')).delimiter).toBe(delimiter)
  })

  test('decimal commas do not hide semicolons', () => {
    expect(detect('name;price\nA;1,5\nB;2,25\n').delimiter).toBe(';')
  })

  test('delimiters inside quotes do not count', () => {
    expect(detect('a,b\n"x;y;z","1"\n"p;q;r","2"\n').delimiter).toBe(',')
  })

  test('settings win, and any one character will do', () => {
    const format = detectFormat(Buffer.from('a^b\n1^2\n'), 'x', {
      delimiter: '^',
      header: false,
      encoding: 'windows-1252',
    })
    expect(format).toMatchObject({ delimiter: '^', header: false, encoding: 'windows-1252' })
  })
})

describe('the syntax', () => {
  test.each([
    ['{"a":1}\n{"a":2}\n', 'x', 'jsonl'],
    ['{"a":1}', 'x.json', 'jsonl'],
    ['{"type":"track","products":[{"id":1}]}\n', 'x', 'jsonl'],
    ['[{"a":1}]', 'x', 'json'],
    ['\n [\n]', 'x.json', 'json'],
    ['{"data":[{"a":1}]}', 'x.json', 'json'],
    ['{\n  "a": 1\n}\n{\n  "a": 2\n}', 'x.json', 'json'],
    ['{not,json\n1,2', 'x.csv', 'csv'],
    ['a,b\n1,2', 'x', 'csv'],
    ['[note],b\n1,2', 'x', 'csv'],
  ])('%j named %s is %s', (text, name, syntax) => {
    expect(detect(text, name).syntax).toBe(syntax)
    expect(detectFormat(gzipSync(text), `${name}.gz`)).toMatchObject({ container: 'gzip', syntax })
  })
})

describe('the header', () => {
  test.each([
    ['id,name\n1,Anna\n', true],
    ['1,Anna\n2,Ben\n', false],
    ['Vorname;Ort\nAnna;Bonn\n', true],
    ['anna@example.com;Bonn\nben@example.com;Ulm\n', false],
    ['region,2023,2024\nNorth,1,2\n', true],
    ['a\n', true],
  ])('of %j: %s', (text, header) => {
    expect(detect(text).header).toBe(header)
  })
})

test('whatever the head, a format is told, and always the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const format = detectFormat(Buffer.from(bytes), 'x')
      expect(format).toEqual(detectFormat(Buffer.from(bytes), 'x'))
      expect(format.confidence).toBeGreaterThanOrEqual(0)
      expect(format.confidence).toBeLessThanOrEqual(1)
    }),
  )
})
