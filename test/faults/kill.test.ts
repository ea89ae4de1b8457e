import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestRedis } from '../support/redis-fixture.ts'
import { startTestRedis } from '../support/redis-fixture.ts'
import { describeKilledRuns } from './describe-killed-runs.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startTestRedis()
})
afterAll(() => redis.stop())

describe('workers killed at random moments leave the state of an undisturbed run (P1)', () => {
  test('on the queue in PostgreSQL', async () => {
    expect(await describeKilledRuns({ firstSeed: 1, kills: 5, killsPerSeed: 5 })).toEqual({
      differing: [],
      broken: [],
      killed: 5,
    })
  })

  test('on the queue in Redis', async (context) => {
    if (redis.url === undefined) return context.skip(redis.reason)
    const result = await describeKilledRuns({ firstSeed: 2, kills: 5, killsPerSeed: 5, redisUrl: redis.url })
    expect(result).toEqual({ differing: [], broken: [], killed: 5 })
  })
})
