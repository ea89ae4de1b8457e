import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestRedis, type TestRedis } from '../support/redis-fixture.ts'
import { describeKilledRuns } from './describe-killed-runs.ts'

const SEEDS = Array.from({ length: 10 }, (_, index) => 100 + index)
const KILLS_PER_SEED = 10

let redis: TestRedis
beforeAll(async () => {
  redis = await startTestRedis()
})
afterAll(() => redis.stop())

describe('a hundred kills on each queue leave the state of an undisturbed run (P1)', () => {
  test('on the queue in PostgreSQL', { timeout: 1_800_000 }, async () => {
    const result = await describeKilledRuns({ seeds: SEEDS, killsPerSeed: KILLS_PER_SEED })
    expect(result).toEqual({ differing: [], broken: [], killed: SEEDS.length * KILLS_PER_SEED })
  })

  test('on the queue in Redis', { timeout: 1_800_000 }, async (context) => {
    if (redis.url === undefined) return context.skip(redis.reason)
    const result = await describeKilledRuns({ seeds: SEEDS, killsPerSeed: KILLS_PER_SEED, redisUrl: redis.url })
    expect(result).toEqual({ differing: [], broken: [], killed: SEEDS.length * KILLS_PER_SEED })
  })
})
