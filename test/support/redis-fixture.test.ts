import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { startTestRedis } from './redis-fixture.ts'

test('the Redis of a test evicts nothing, keeps nothing, and ends with stop', async (context) => {
  const redis = await startTestRedis()
  if (redis.url === undefined) return context.skip(redis.reason)
  const client = new Redis(redis.url, { retryStrategy: () => null })
  expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
  expect(await client.config('GET', 'appendonly')).toEqual(['appendonly', 'no'])
  expect(await client.config('GET', 'save')).toEqual(['save', ''])
  client.disconnect()
  await redis.stop()
  const late = new Redis(redis.url, { lazyConnect: true, retryStrategy: () => null })
  late.on('error', () => undefined)
  await expect(late.connect()).rejects.toThrow()
})

test('two files have two servers', async (context) => {
  const [first, second] = await Promise.all([startTestRedis(), startTestRedis()])
  if (first.url === undefined) return context.skip(first.reason)
  expect(first.url).not.toBe(second.url)
  await Promise.all([first.stop(), second.stop()])
})
