import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withProgress } from '../../src/cli/with-progress.ts'

let written: string[] = []
beforeEach(() => {
  written = []
  vi.useFakeTimers()
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('what takes long is shown with its share, rate and time left', async () => {
  const result = await withProgress('exporting', 'rows', async (report) => {
    report(25_000, 100_000)
    await vi.advanceTimersByTimeAsync(10_000)
    report(90_000, 100_000)
    await vi.advanceTimersByTimeAsync(10_000)
    return 'all'
  })
  expect(result).toBe('all')
  expect(written).toEqual([
    'exporting ██████░░░░░░░░░░░░░░░░░░  25 %  25,000 rows, 2,500/s, about 30 seconds left\n',
    'exporting ██████████████████████░░  90 %  90,000 rows, 4,500/s, about 2 seconds left\n',
  ])
})

test('what does not tell how far it is shows for how long it goes on, and what is soon over shows nothing', async () => {
  await withProgress('following', 'entries', () => vi.advanceTimersByTimeAsync(10_000))
  expect(written).toEqual(['following: 10 seconds so far\n'])
  await withProgress('following', 'entries', () => vi.advanceTimersByTimeAsync(1_000))
  expect(written).toHaveLength(1)
})
