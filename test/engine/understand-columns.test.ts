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
