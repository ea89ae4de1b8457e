import { expect, test } from 'vitest'
import { buildTable, understand } from './build-table.ts'
import { inventPeople, PEOPLE_HEADER } from './invent-people.ts'

const { rows } = inventPeople(200, 3)

/** What is made of a column that stands beside those of invented people. */
function useOf(name: string, valueOf: (row: number) => string): string | undefined {
  const table = buildTable([[...PEOPLE_HEADER, name], ...rows.map((row, at) => [...row, valueOf(at)])])
  return understand(table).find((column) => column.name === name)?.use
}

test('when a row was written says nothing about who it is, whatever the column is called', () => {
  const instant = (row: number): string => `2026-01-${10 + (row % 9)}T0${row % 10}:15:00Z`
  for (const name of ['Create Date', 'seen', 'tstamp']) expect([name, useOf(name, instant)]).toEqual([name, 'ignored'])
})

test('a column that says the same everywhere, or nothing, is left out', () => {
  expect(useOf('tenant', () => 'north')).toBe('ignored')
  expect(useOf('remark', () => '')).toBe('ignored')
})

test('words that split people into many groups are compared, known or not', () => {
  expect(useOf('guild', (row) => `guild ${'abcdefghijkl'[row % 12]} of ${'mnopqrst'[row % 8]}`)).toBe('text')
})

test('a further full name is one where rows have no other, else it may be somebody else', () => {
  const native = (row: number): string => ['ВАСИЛЬЕВА Ольга', 'ИВАНОВ Борис'][row % 2]!
  const header = [...PEOPLE_HEADER, 'full_name', 'native_name_full']
  const split = rows.map((row, at) =>
    at % 3 === 0
      ? [row[0]!, '', '', ...row.slice(3), `${row[1]} ${row[2]}`, '']
      : at % 3 === 1
        ? [row[0]!, '', '', ...row.slice(3), '', native(at)]
        : [...row, '', ''],
  )
  const useIn = (cells: readonly (readonly string[])[]): string | undefined =>
    understand(buildTable([header, ...cells])).find(({ name }) => name === 'native_name_full')?.use
  expect(useIn(split)).toBe('full_name')
  expect(useIn(split.map((row, at) => [...row.slice(0, -1), native(at)]))).toBe('ignored')
})

test('the country that issued a passport is nobody’s address', () => {
  const country = (row: number): string => ['US', 'DE', 'FR', 'Germany', 'Spain', 'IT', 'PL'][row % 7]!
  for (const name of ['passport_country', 'DRIVERS_LICENSE_STATE', 'Tax ID Country'])
    expect([name, useOf(name, country)]).toEqual([name, 'ignored'])
  for (const name of ['country', 'paid country', 'home_country'])
    expect([name, useOf(name, country)]).toEqual([name, 'country'])
})
