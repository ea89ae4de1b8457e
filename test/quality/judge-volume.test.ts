import { expect, test } from 'vitest'
import { judgeVolume } from '../../src/quality/judge-volume.ts'

const steady = [100, 96, 104, 99, 101, 97, 103]
const weeks = Array.from({ length: 3 }, () => [100, 100, 100, 100, 100, 50, 50]).flat()

test.each([
  [100, steady, 'usual'],
  [60, steady, 'usual'],
  [59, steady, 'gap'],
  [140, steady, 'usual'],
  [141, steady, 'surge'],
  [0, [1, 0, 2, 1, 0, 1, 1], 'usual'],
  [4, [0, 0, 0, 0, 0, 0, 0], 'usual'],
  [5, [0, 0, 0, 0, 0, 0, 0], 'surge'],
  [0, steady.slice(1), 'too_new'],
  // Weekends are ever half as much: the sixth and seventh day of these weeks.
  [50, [...weeks, 100, 100, 100, 100, 100], 'usual'],
  [50, [...weeks, 100, 100, 100, 100, 100, 50], 'usual'],
  [50, [...weeks, 100, 100], 'gap'],
  [100, [...weeks, 100, 100, 100, 100, 100], 'surge'],
  // One bad day among the others moves nothing.
  [59, [...steady, 0], 'gap'],
] as const)('%i events against %j is %s', (day, before, verdict) => {
  expect(judgeVolume(day, before).verdict).toBe(verdict)
})
