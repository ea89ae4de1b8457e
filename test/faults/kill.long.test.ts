import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestRedis, type TestRedis } from '../support/redis-fixture.ts'
import { describeKilledRuns } from './describe-killed-runs.ts'

const KILLS = { firstSeed: 100, kills: 100, killsPerSeed: 10 }

let redis: TestRedis
beforeAll(async () => {
  redis = await startTestRedis()
})
afterAll(() => redis.stop())

describe('kills by the hundred leave the state of an undisturbed run (P1)', () => {
  test('on the queue in PostgreSQL', { timeout: 1_800_000 }, async () => {
    const result = await describeKilledRuns(KILLS)
    expect(result).toEqual({ differing: [], broken: [], killed: KILLS.kills })
  })

  test('with two threads at work', { timeout: 1_800_000 }, async (context) => {
    if (availableParallelism() < 2) return context.skip('a second thread is not started on one core')
    const result = await describeKilledRuns({ ...KILLS, kills: 50, atOnce: true })
    expect(result).toEqual({ differing: [], broken: [], killed: 50 })
  })

  test('on the queue in Redis', { timeout: 1_800_000 }, async (context) => {
    if (redis.url === undefined) return context.skip(redis.reason)
    const result = await describeKilledRuns({ ...KILLS, redisUrl: redis.url })
    expect(result).toEqual({ differing: [], broken: [], killed: KILLS.kills })
  })
})
