import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { cellsOf, codesOf, rawOf, readAll, readText } from './support/read-all.ts'

describe('CSV', () => {
  test('an unclosed quote costs one line, not the file', async () => {
    const result = await readText('t.csv', 'a,b\n1,"x\n2,y\n3,z\n')
    expect(codesOf(result.rows[0])).toEqual(['row.unclosed_quote'])
    expect(rawOf(result.rows[0]!)).toBe('1,"x')
    expect(cellsOf(result).slice(1)).toEqual([
      ['2', 'y'],
      ['3', 'z'],
    ])
    expect(result.rows.map((row) => row.line)).toEqual([2, 3, 4])
  })

  test('an unclosed quote that a later quoted cell would close still costs one line', async () => {
    const result = await readText('t.csv', 'a,b\n1,"x\n2,"y"\n3,z\n')
    expect(result.rows.map(codesOf)).toEqual([['row.unclosed_quote'], [], []])
  })

  test('a record that grows too large does not spoil one that begins inside it', async () => {
    const text = 'h,i\n"aaaaaaaaaaaa\nx",""",z\nk"\n1,2\n'
    const result = await readText('t.csv', text, { format: { header: true, delimiter: ',' }, maxRowBytes: 20 })
    expect(result.rows.map((row) => row.defects.filter((defect) => defect.fatal).map((defect) => defect.code))).toEqual(
      [['row.unclosed_quote'], [], []],
    )
    expect(cellsOf(result).slice(1)).toEqual([
      ['x"', '",z\nk'],
      ['1', '2'],
    ])
  })

  test('many unclosed quotes take linear time', async () => {
    const lines = 60_000
    const result = await readText('t.csv', `a,b,c\n${'x",""",z\n'.repeat(lines)}`, { format: { header: true } })
    expect(result.rows).toHaveLength(lines)
    expect(result.rows.every((row) => codesOf(row)[0] === 'row.unclosed_quote')).toBe(true)
  }, 10_000)

  test('text after a closing quote makes the row unreadable, a quote inside a bare cell does not', async () => {
    const result = await readText('t.csv', 'a,b\n"x"y,1\n5" pipe,2\n')
    expect(result.rows.map((row) => row.defects.map((defect) => [defect.code, defect.fatal]))).toEqual([
      [['row.bad_quote', true]],
      [['row.bad_quote', false]],
    ])
    expect(result.rows[1]!.cells).toEqual(['5" pipe', '2'])
  })

  test('missing cells are null, too many cells are fatal', async () => {
    const result = await readText('t.csv', 'a,b,c\n1,2,3\n1\n1,2,3,4\n')
    expect(cellsOf(result)).toEqual([['1', '2', '3'], ['1', null, null], []])
    expect(result.rows.map((row) => row.defects.map((defect) => defect.fatal))).toEqual([[], [false], [true]])
    expect(rawOf(result.rows[2]!)).toBe('1,2,3,4')
  })

  test('LF, CRLF and CR end lines in one file, and lines are counted', async () => {
    const result = await readText('t.csv', 'a,b\r\n1,2\r3,4\n\r\n5,"6\r\n7"\r8,9')
    expect(cellsOf(result)).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6\r\n7'],
      ['8', '9'],
    ])
    expect(result.rows.map((row) => row.line)).toEqual([2, 3, 5, 7])
  })

  test('a NUL is taken out of the cell and kept in the raw bytes', async () => {
    const result = await readText('t.csv', 'a,b\n1\0x,"2\0"\n')
    expect(cellsOf(result)).toEqual([['1x', '2']])
    expect(codesOf(result.rows[0])).toEqual(['row.nul'])
    expect(rawOf(result.rows[0]!)).toBe('1\0x,"2\0"')
  })

  test('a damaged byte in UTF-8 marks its row only', async () => {
    const good = 'Müller,Łódź\n'
    const bytes = Buffer.concat([
      Buffer.from(`a,b\n${good}`),
      Buffer.from([0x78, 0xff, 0x2c, 0x79, 0x0a]),
      Buffer.from(good),
    ])
    const result = await readText('t.csv', bytes)
    expect(cellsOf(result)).toEqual([
      ['Müller', 'Łódź'],
      ['x\uFFFD', 'y'],
      ['Müller', 'Łódź'],
    ])
    expect(result.rows.map(codesOf)).toEqual([[], ['row.bad_encoding'], []])
    expect([...result.rows[1]!.raw]).toEqual([0x78, 0xff, 0x2c, 0x79])
  })

  test('Latin-1 and windows-1252 are recognised', async () => {
    const result = await readText('t.csv', Buffer.from('name;preis\nM\xfcller;\x80 5\nGro\xdf;\x80 7\n', 'latin1'))
    expect(cellsOf(result)).toEqual([
      ['Müller', '€ 5'],
      ['Groß', '€ 7'],
    ])
  })

  test.each([
    ['utf-16le', true],
    ['utf-16le', false],
    ['utf-16be', true],
    ['utf-16be', false],
  ] as const)('%s with byte order mark %s is recognised', async (encoding, bom) => {
    const text = Buffer.from(`${bom ? '\uFEFF' : ''}name,ort\nMüller,Köln\n"A,B","x\ny"\n`, 'utf16le')
    const result = await readText('t.csv', encoding === 'utf-16le' ? text : text.swap16())
    expect(result.columns).toEqual(['name', 'ort'])
    expect(cellsOf(result)).toEqual([
      ['Müller', 'Köln'],
      ['A,B', 'x\ny'],
    ])
  })

  test('half a surrogate pair in UTF-16, and half a unit at the end, are marked', async () => {
    const text = Buffer.from('\uFEFFa,b\nx\uD800,y\nz,w', 'utf16le')
    const result = await readText('t.csv', Buffer.concat([text, Buffer.from([0x41])]))
    expect(cellsOf(result)).toEqual([
      ['x\uFFFD', 'y'],
      ['z', 'w\uFFFD'],
    ])
    expect(result.rows.map(codesOf)).toEqual([['row.lone_surrogate'], ['row.bad_encoding']])
    expect(result.rows[1]!.raw).toHaveLength(7)
  })

  test('odd headers become usable names, and the file says so', async () => {
    const result = await readText('t.csv', '\uFEFF id ,,name,name,name_2,__proto__,constructor\n1,2,3,4,5,6,7\n')
    expect(result.columns).toEqual(['id', 'column_2', 'name', 'name_3', 'name_2', '__proto__', 'constructor'])
    expect(cellsOf(result)).toEqual([['1', '2', '3', '4', '5', '6', '7']])
    expect(result.notices.map((notice) => notice.code)).toEqual(['header.empty', 'header.duplicate'])
  })

  test('a file without a header numbers its columns', async () => {
    const text = '1,anna@example.com,2024-01-01\n2,ben@example.org,2024-01-02\n'
    const guessed = await readText('t.csv', text)
    expect(guessed.columns).toEqual(['column_1', 'column_2', 'column_3'])
    expect(guessed.rows).toHaveLength(2)
    const told = await readText('t.csv', 'name,city\nAnna,Bonn\n', { format: { header: false } })
    expect(told.rows).toHaveLength(2)
  })

  test('a header without rows is one batch without rows, an empty file is none', async () => {
    const result = await readText('t.csv', 'a,b\n')
    expect(result.batches.map((batch) => [batch.columns, batch.rows])).toEqual([[['a', 'b'], []]])
    expect((await readText('t.csv', '')).batches).toEqual([])
    expect((await readText('t.csv', '\uFEFF\n\n')).batches).toEqual([])
  })

  test('10,000 columns are read, one more is refused', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `c${index}`)
    const result = await readText('t.csv', `${names.join()}\n${names.join()}\n1\n`)
    expect(result.rows.map((row) => row.cells.length)).toEqual([10_000, 10_000])
    await expect(readText('t.csv', `${names.join()},x\n`, { format: { header: true } })).rejects.toMatchObject({
      code: 'source.too_many_columns',
    })
  })
})

describe('JSON', () => {
  test('values keep their text: big integers, trailing zeros, exponents', async () => {
    const result = await readText(
      't.jsonl',
      '{"id":9007199254740993123,"p":1.50,"e":1E3,"t":true,"f":false,"n":null}\n',
    )
    expect(cellsOf(result)).toEqual([['9007199254740993123', '1.50', '1E3', 'true', 'false', null]])
  })

  test('nested keys are dotted, arrays and empty objects stay JSON, new keys append columns', async () => {
    const result = await readText(
      't.jsonl',
      '{"a":{"b":{"c":"x"}},"l":[1, {"z":"]"}],"o":{}}\n\n{"n":1,"a":{"b":{"c":"y"}}}\n',
    )
    expect(result.columns).toEqual(['a.b.c', 'l', 'o', 'n'])
    expect(cellsOf(result)).toEqual([
      ['x', '[1, {"z":"]"}]', '{}', null],
      ['y', null, null, '1'],
    ])
  })

  test('escapes, NUL and lone surrogates', async () => {
    const result = await readText('t.jsonl', '{"a":"\\u0000x\\ud800","b":"\\\\\\"q\\ud83d\\ude00"}\n')
    expect(cellsOf(result)).toEqual([['x\uFFFD', '\\"q😀']])
    expect(codesOf(result.rows[0])).toEqual(['row.nul', 'row.lone_surrogate'])
  })

  test('__proto__ and constructor are columns and change nothing', async () => {
    const result = await readText('t.jsonl', '{"__proto__":{"admin":true},"constructor":"c","__proto__2":1}\n')
    expect(result.columns).toEqual(['__proto__.admin', 'constructor', '__proto__2'])
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })

  test('a bad line tells where, never what', async () => {
    const result = await readText('t.jsonl', '{"a":1}\n{"a":secret}\n[1]\n"x"\n{"a":2}\n')
    expect(result.rows.map(codesOf)).toEqual([[], ['row.bad_json'], ['row.not_an_object'], ['row.not_an_object'], []])
    expect(result.rows[1]!.defects[0]!.detail).not.toContain('secret')
  })

  test('a key that occurs twice is told and the last value kept', async () => {
    const result = await readText('t.jsonl', '{"a":1,"a":2}\n')
    expect(cellsOf(result)).toEqual([['2']])
    expect(result.rows[0]!.defects).toMatchObject([{ code: 'row.bad_json', fatal: false }])
  })

  test('nesting deeper than 64, and 10,001 keys, are refused and add no columns', async () => {
    const deep = '{"a":'.repeat(65) + '1' + '}'.repeat(65)
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`k${index}`, 1])))
    const list = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const result = await readText('t.jsonl', `{"ok":1}\n${deep}\n${wide}\n${list}\n{"ok":2}\n`)
    expect(result.columns).toEqual(['ok'])
    expect(result.rows.map(codesOf)).toEqual([[], ['row.bad_json'], ['row.too_large'], ['row.bad_json'], []])
  })

  test('arrays and objects around an array are read element by element', async () => {
    const array = await readText('t.json', '[\n  {"a": 1, "s": "}],["},\n  {"a": 2}\n]\n')
    expect(cellsOf(array)).toEqual([
      ['1', '}],['],
      ['2', null],
    ])
    expect(array.rows.map((row) => row.line)).toEqual([2, 3])
    const envelope = await readText('t.json', '{"data":[{"a":1},{"a":2}],"next":null}')
    expect(cellsOf(envelope)).toEqual([['1'], ['2']])
    expect(envelope.notices.map((notice) => notice.code)).toEqual(['json.envelope'])
  })

  test('a broken element costs itself only', async () => {
    const missingBrace = await readText('t.json', '[{"a":1},{"a":{"b":2},{"a":3},\n{"a":4}]')
    expect(missingBrace.rows.map((row) => codesOf(row))).toEqual([[], ['row.bad_json'], [], []])
    const openString = await readText('t.json', '[{"a":1},\n{"a":"x},\n{"a":3}]')
    expect(openString.rows.map((row) => codesOf(row))).toEqual([[], ['row.bad_json'], []])
  })

  test('an array that is not closed says so', async () => {
    expect((await readText('t.json', '[{"a":1},{"a":2}')).rows.map(codesOf)).toEqual([[], ['row.truncated']])
    expect((await readText('t.json', '[{"a":1},{"a":')).rows.map(codesOf)).toEqual([[], ['row.truncated']])
    expect((await readText('t.json', '[')).rows.map(codesOf)).toEqual([['row.truncated']])
    expect((await readText('t.json', '[{"a":1}]]')).rows.map(codesOf)).toEqual([[], ['row.bad_json']])
  })
})

test('what is no text file is named', async () => {
  await expect(readText('t.xlsx', Buffer.from('504b030414000600', 'hex'))).rejects.toMatchObject({
    code: 'source.unsupported',
  })
  await expect(readAll('/nowhere/at-all.csv')).rejects.toMatchObject({ code: 'source.no_file', kind: 'payload' })
  await expect(readAll('/')).rejects.toMatchObject({ code: 'source.unreadable' })
})

test('an aborted read stops with the reason', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(readText('t.csv', 'a\n1\n', { signal })).rejects.toThrow('enough')
})
