import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { parseJson } from '../../src/api/read-body.ts'

const parse = (text: string): unknown => parseJson(Buffer.from(text))

test.each([
  ['9007199254740993', '9007199254740993'],
  ['-12345678901234567890', '-12345678901234567890'],
  ['0.12345678901234567', '0.12345678901234567'],
  ['1e400', '1e400'],
  ['123456789012345', 123_456_789_012_345],
  ['1.5e3', 1_500],
  ['"9007199254740993"', '9007199254740993'],
  ['"say \\"12345678901234567890\\" \\\\"', 'say "12345678901234567890" \\'],
])('the number of %s keeps its digits', (text, value) => {
  expect(parse(`{"a": [${text}, ${text}],"b":${text}}`)).toEqual({ a: [value, value], b: value })
})

property.prop([fc.json()])('what a double holds is what JSON says', (text) => {
  const long = /\d{16}|\d[eE]/.test(text)
  if (!long) expect(parse(text)).toEqual(JSON.parse(text))
  else expect(() => parse(text)).not.toThrow()
})

test.each(['{', '{"a": 12345678901234567890', 'nul', '"\\u00"', ''])('%s is refused', (text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'api.malformed' }))
})
