import { expect, test } from 'vitest'
import { startThread } from '../../src/pipeline/start-thread.ts'

const code = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`)

test('a thread that is ended at once has begun to run its code first', async () => {
  const threads = Array.from({ length: 8 }, () => startThread(code('for (;;) {}'), {}))
  const begun = threads.map(({ worker }) => new Promise((resolve) => worker.once('online', () => resolve('begun'))))
  const gone = threads.map(({ worker }) => new Promise((resolve) => worker.once('exit', () => resolve('gone'))))
  const first = threads.map((_, at) => Promise.race([begun[at], gone[at]]))
  await Promise.all(threads.map(({ end }) => end()))
  expect(await Promise.all(first)).toEqual(threads.map(() => 'begun'))
  expect(await Promise.all(gone)).toEqual(threads.map(() => 'gone'))
})

test('a thread that has ended of itself is ended again without waiting', async () => {
  const { worker, end } = startThread(code(''), {})
  await new Promise((resolve) => worker.once('exit', resolve))
  await end()
  expect(worker.threadId).toBe(-1)
})
