import { expect, test } from 'vitest'
import { END, startThread } from '../../src/pipeline/start-thread.ts'

const code = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`)

test('a thread that is asked to end comes to its end by itself, whatever it was doing', async () => {
  const go = new Int32Array(new SharedArrayBuffer(4))
  const { worker, end } = startThread(
    code(`
      import { parentPort, workerData } from 'node:worker_threads'
      parentPort.on('message', (word) => {
        if (word === '${END}') parentPort.close()
        else {
          parentPort.postMessage('begun')
          Atomics.wait(workerData, 0, 0)
          parentPort.postMessage('done')
        }
      })`),
    { workerData: go },
  )
  const words: unknown[] = []
  const begun = new Promise((resolve) => worker.on('message', (word) => resolve(words.push(word))))
  worker.postMessage('work', [])
  await begun
  const gone = end()
  Atomics.store(go, 0, 1)
  Atomics.notify(go, 0)
  await gone
  expect(words).toEqual(['begun', 'done'])
})

test('a thread that is asked to end while it starts runs its code first', async () => {
  const threads = Array.from({ length: 8 }, () =>
    startThread(
      code(`
        import { parentPort } from 'node:worker_threads'
        parentPort.on('message', () => parentPort.close())
        parentPort.postMessage('begun')`),
      {},
    ),
  )
  const first = threads.map(
    ({ worker }) => new Promise((resolve) => worker.once('message', resolve).once('exit', () => resolve('gone'))),
  )
  await Promise.all(threads.map(({ end }) => end()))
  expect(await Promise.all(first)).toEqual(threads.map(() => 'begun'))
})

test('a thread that has ended of itself is ended again without waiting', async () => {
  const { worker, end } = startThread(code(''), {})
  await new Promise((resolve) => worker.once('exit', resolve))
  await end()
  expect(worker.threadId).toBe(-1)
})
