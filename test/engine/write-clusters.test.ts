import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { writeClusters } from '../../src/cli/dedupe/write-clusters.ts'

const NAMES = ['7', 'a,b', 'say "hi"', 'né', ' x', '日本', '']

function write(severalFiles: boolean, count = NAMES.length): string {
  const names = {
    nameOf: (row: number) => NAMES[row % NAMES.length]!,
    fileOf: (row: number) => (row < 3 ? 'one.csv' : 'two, three.csv'),
    column: 'id',
  }
  const clusterOf = Int32Array.from({ length: count }, (_, row) => row - (row % 3))
  return Buffer.concat([...writeClusters(clusterOf, names, severalFiles)]).toString()
}

test('ids are quoted where they have to be, and clusters numbered as they appear', () => {
  const lines = ['record_id,cluster', '7,0', '"a,b",0', '"say ""hi""",0', 'né,1', ' x,1', '日本,1', ',2', '']
  expect(write(false)).toBe(lines.join('\r\n'))
})

test('of several files each row says its own', () => {
  expect(write(true).split('\r\n').slice(0, 5)).toEqual([
    'record_id,cluster,file',
    '7,0,one.csv',
    '"a,b",0,one.csv',
    '"say ""hi""",0,one.csv',
    'né,1,"two, three.csv"',
  ])
})

test('more rows than a piece holds are all written', () => {
  const lines = write(false, 200_000).split('\r\n')
  expect(lines.length).toBe(200_002)
  expect(lines.slice(-3)).toEqual(['"a,b",66666', '"say ""hi""",66666', ''].slice(-3))
})
