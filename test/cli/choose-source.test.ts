import { describe, expect, test } from 'vitest'
import { chooseSource } from '../../src/cli/choose-source.ts'

const FILES = new Set(['contacts.csv', 'exports', 'crm', 'a.csv', 'b.csv'])
const choose = (...names: string[]) =>
  chooseSource(names, { configured: ['crm', 'shop'], isPath: (name) => FILES.has(name) })

describe('chooseSource', () => {
  test('a configured source alone takes its own files, also beside a folder of its name', () => {
    expect(choose('shop')).toEqual({ source: 'shop', patterns: [] })
    expect(choose('crm')).toEqual({ source: 'crm', patterns: [] })
  })

  test('what follows a configured source is its files', () => {
    expect(choose('crm', 'contacts.csv')).toEqual({ source: 'crm', patterns: ['contacts.csv'] })
    expect(choose('crm', 'shop')).toEqual({ source: 'crm', patterns: ['shop'] })
  })

  test('a name that is no path makes a new source of the files after it', () => {
    expect(choose('web', 'a.csv', 'b.csv')).toEqual({ source: 'web', patterns: ['a.csv', 'b.csv'] })
    expect(choose('web', 'missing.csv')).toEqual({ source: 'web', patterns: ['missing.csv'] })
  })

  test('files alone name no source', () => {
    expect(choose('contacts.csv')).toEqual({ patterns: ['contacts.csv'] })
    expect(choose('a.csv', 'b.csv')).toEqual({ patterns: ['a.csv', 'b.csv'] })
    expect(choose('exports/*.csv.gz')).toEqual({ patterns: ['exports/*.csv.gz'] })
    expect(choose('missing.csv')).toEqual({ patterns: ['missing.csv'] })
  })

  test('a folder is files, however much its name looks like that of a source', () => {
    expect(choose('exports')).toEqual({ patterns: ['exports'] })
    expect(choose('exports', 'a.csv')).toEqual({ patterns: ['exports', 'a.csv'] })
  })

  test('a lone name that is neither source nor file is misuse, and the sources there are get named', () => {
    expect(() => choose('shopp')).toThrow(
      expect.objectContaining({ code: 'source.unknown', hint: expect.stringContaining('crm, shop') }),
    )
    expect(() => chooseSource(['crm'], { configured: [], isPath: () => false })).toThrow(
      expect.objectContaining({ code: 'source.unknown', hint: expect.stringContaining('onefold ingest crm FILE…') }),
    )
  })

  test('nothing a name can hold is taken for a key of the configuration', () => {
    expect(choose('__proto__', 'a.csv')).toEqual({ patterns: ['__proto__', 'a.csv'] })
  })
})
