import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/engine/comparison.ts'
import { openContradiction } from '../../src/engine/open-contradiction.ts'
import { buildTable, groupNames, resolve } from './build-table.ts'
import { inventPeople } from './invent-people.ts'

const HEADER = ['id', 'first_name', 'last_name', 'birth_date', 'email', 'phone', 'street', 'city']
const others = inventPeople(60, 5).rows.map(([id = '', given = '', family = '', date = '', email = '', city = '']) => [
  id,
  given,
  family,
  date,
  email,
  '',
  '',
  city,
])

async function join(rows: readonly (readonly string[])[]): Promise<readonly string[]> {
  const all = [...rows, ...others]
  const { clusterOf } = await resolve(buildTable([HEADER, ...all]))
  return groupNames(
    clusterOf,
    all.map(([id = '']) => id),
  ).filter((group) => !group.startsWith('r'))
}

describe('two people of one name', () => {
  const father = ['f', 'Gustav', 'Ahlberg', '1951-03-04', 'gus@a.org', '', '12 Mill Lane', 'Ulm']
  const son = ['s', 'Gustav', 'Ahlberg', '1986-11-29', 'ahlberg86@b.org', '', '12 Mill Lane', 'Ulm']
  const silent = (id: string): readonly string[] => [id, 'Gustav', 'Ahlberg', '', '', '', '12 Mill Lane', 'Ulm']

  test('are not bridged by rows that do not tell the birth date, however many [C5]', async () => {
    for (const bridges of [['a'], ['a', 'b', 'c', 'd']]) {
      const groups = await join([father, son, ...bridges.map(silent)])
      expect(groups.filter((group) => group.includes('f') && group.includes('s'))).toEqual([])
    }
  })

  test('stay apart when the names tell the generation, whatever else they share', async () => {
    const named = (id: string, family: string): readonly string[] => [
      id,
      'Gustav',
      family,
      '1951-03-04',
      '',
      '',
      '',
      'Ulm',
    ]
    expect(await join([named('a', 'Ahlberg Sr'), named('b', 'Ahlberg Jr'), named('c', 'Ahlberg Junior')])).toEqual([
      'a',
      'b c',
    ])
  })
})

test('colleagues who share the mailbox of their office are not one person by it', async () => {
  const at = (id: string, given: string, family: string, email: string): readonly string[] => [
    id,
    given,
    family,
    '',
    email,
    '',
    '',
    '',
  ]
  expect(
    await join([
      at('a', 'Andrew', 'Lindqvist', 'info@a.org'),
      at('b', 'Andy', 'Lindqvist', 'info@a.org'),
      at('c', 'Edda', 'Tournier', 'edda.tournier@a.org'),
      at('d', 'Edda', 'Tournier', 'edda.tournier@a.org'),
    ]),
  ).toEqual(['a', 'b', 'c d'])
})

/** Rows by what they tell: 0 nothing, else one of two dates. */
const born = (tell: readonly number[]): Comparison => ({
  name: 'born',
  kind: 'birth_date',
  levels: [
    { label: 'exact', m: 0.9, u: 0.1 },
    { label: 'different', m: 0.1, u: 0.9 },
  ],
  groupOf: new Uint8Array(2),
  exactLevels: 0,
  strata: [],
  isKnown: (row) => tell[row] !== 0,
  compare: (a, b) => (tell[a] === 0 || tell[b] === 0 ? -1 : tell[a] === tell[b] ? 0 : 1),
})

property.prop([fc.array(fc.nat(2), { minLength: 2, maxLength: 8 }), fc.nat(6), fc.integer({ min: -3, max: 3 })])(
  'groups contradict each other in either order alike, only where both tell a date, and never with odds for one person',
  (tell, cut, score) => {
    const contradict = openContradiction([born(tell)], () => score)
    const rows = tell.map((_, row) => row)
    const [a, b] = [rows.slice(0, cut), rows.slice(cut)]
    expect(contradict(a, b)).toBe(contradict(b, a))
    const [first, second] = [a, b].map((group) => new Set(group.map((row) => tell[row]!).filter((told) => told !== 0)))
    const areApart = first!.size > 0 && second!.size > 0 && ![...first!].some((told) => second!.has(told))
    expect(contradict(a, b)).toBe(score < 0 && areApart)
  },
)
