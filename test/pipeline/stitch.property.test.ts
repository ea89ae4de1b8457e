import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advanceRun } from '../../src/pipeline/advance-run.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import { countPending } from '../../src/store/verify/count-pending.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

const BEGIN = Date.UTC(2026, 2, 1, 8)
const MINUTE = 60_000
const WEB = { kind: 'events', preset: 'segment-events', namespace: 'shop' } as const

type Cuts = Readonly<Record<string, unknown>>

const settle = (context: Context, gap: string, cuts: Cuts = {}): Context =>
  configure(context, { sources: { web: WEB }, events: { session_gap: gap, session_cuts: cuts } })

/** Whatever ends sessions besides a pause; in Tokyo a day begins amid these ten hours. */
const cuts = fc.constantFrom<Cuts>({}, {}, { longest: '40m' }, { user: true }, { midnight: 'Asia/Tokyo' })

const event = fc.record({
  visitor: fc.nat({ max: 2 }),
  /** Within ten hours, so that visits meet, part and grow together. */
  minute: fc.nat({ max: 60 }).map((n) => n * 10),
  /** Whoever logs in is one person on two devices from then on. */
  isLogin: fc.nat({ max: 4 }).map((n) => n === 0),
})

const step = fc.record({
  events: fc.array(event, { minLength: 1, maxLength: 5 }),
  isWalked: fc.boolean(),
  gap: fc.constantFrom('20m', '20m', '20m', '50m'),
})

type Happened = Readonly<{ visitor: number; minute: number; isLogin?: boolean }>

let turn = 0

async function tell(context: Context, events: readonly Happened[]): Promise<void> {
  const rows = events.map(({ visitor, minute, isLogin = false }) =>
    JSON.stringify({
      ...{ messageId: `m-${turn++}`, anonymousId: `v-${visitor}`, timestamp: new Date(BEGIN + minute * MINUTE) },
      ...{ type: 'track', event: 'Product Viewed', ...(isLogin ? { userId: `u-${visitor % 2}` } : {}) },
    }),
  )
  await ingestText(context, 'web', `${rows.join('\n')}\n`, `rows-${turn}.jsonl`)
}

async function walk(context: Context): Promise<void> {
  expect((await workOffRun(context, await openPath(context))).state).toBe('done')
}

/**
 * Walks, and once more with all sessions made anew: both times they are the same, and those that features count. Returns
 * how many there are.
 */
async function walkTwice(context: Context): Promise<number> {
  const { sql } = context.store
  const list = async () => [...(await sql`SELECT * FROM onefold.sessions ORDER BY profile_id, stream, started_at`)]
  await walk(context)
  const made = await list()
  const others = await sql`
    SELECT profile_id FROM onefold.features WHERE features.sessions <>
      (SELECT count(*) FROM onefold.sessions AS session WHERE session.profile_id = features.profile_id)`
  expect(others).toEqual([])
  await sql`DELETE FROM onefold.histories`
  await sql`
    INSERT INTO onefold.unstitched (actor_id, since, unread)
    SELECT record_id, '-infinity', '-infinity' FROM onefold.records WHERE kind = 'actor'`
  await sql`DELETE FROM onefold.sessions`
  await walk(context)
  expect(made).toEqual(await list())
  return made.length
}

async function tryOut(work: (context: Context) => Promise<void>): Promise<void> {
  const database = await openMigratedDatabase('stitch')
  try {
    await work(database.context)
  } finally {
    await database.drop()
  }
}

test('sessions made anew from where something may have changed are those of all events, however these came [C9 E1]', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), cuts, async (steps, cut) =>
      tryOut(async (plain) => {
        let context = settle(plain, '20m', cut)
        for (const { events, isWalked, gap } of steps) {
          await tell(context, events)
          context = settle(plain, gap, cut)
          if (isWalked) await walk(context)
        }
        await walkTwice(context)
      }),
    ),
    { numRuns: 20 },
  )
})

test('another pause cuts what came before as well, though something new is due [C9]', () =>
  tryOut(async (plain) => {
    const at = (...minutes: number[]): Happened[] => minutes.map((minute) => ({ visitor: 0, minute }))
    await tell(settle(plain, '20m'), at(0, 30))
    await walk(settle(plain, '20m'))
    await tell(settle(plain, '20m'), at(300))
    expect(await walkTwice(settle(plain, '50m'))).toBe(2)
  }))

test('a walk that fails leaves due whom another pause makes due, to the next one and to who asks [C9] (P1)', () =>
  tryOut(async (plain) => {
    const { sql } = plain.store
    await tell(
      settle(plain, '20m'),
      [0, 30].map((minute) => ({ visitor: 0, minute })),
    )
    await walk(settle(plain, '20m'))
    const pending = () => inTransaction(sql, countPending)
    await sql`ALTER TABLE onefold.sessions ADD CONSTRAINT planted CHECK (events < 2)`
    const context = settle(plain, '50m')
    const planned = await openPath(context)
    await expect(workOffRun(context, planned)).rejects.toThrow('chunk stitch 0 ended dead')
    expect(await advanceRun(context, planned.runId)).toEqual([])
    expect(await pending()).toMatchObject({ unstitched: 1 })
    await sql`ALTER TABLE onefold.sessions DROP CONSTRAINT planted`
    await walk(context)
    expect(await pending()).toMatchObject({ unstitched: 0 })
    expect(await walkTwice(context)).toBe(1)
  }))

test('who turns out to be one person keeps all sessions, though something new is due [C9 C6]', () =>
  tryOut(async (plain) => {
    const context = settle(plain, '20m')
    const [known, other] = [{ visitor: 0, isLogin: true }, { visitor: 2 }]
    await tell(
      context,
      [0, 300].flatMap((minute) => [
        { ...known, minute },
        { ...other, minute },
      ]),
    )
    await walk(context)
    await tell(context, [
      { ...known, minute: 500 },
      { ...other, minute: 510, isLogin: true },
    ])
    expect(await walkTwice(context)).toBe(6)
  }))

test('whom a worker of the release before gave a profile keeps their sessions, though it says no streams [C9] (P15)', () =>
  tryOut(async (plain) => {
    const context = settle(plain, '20m')
    await tell(context, [
      { visitor: 0, minute: 0, isLogin: true },
      { visitor: 2, minute: 10, isLogin: true },
    ])
    await walk(context)
    await context.store.sql`UPDATE onefold.profile_members SET stream = NULL`
    await tell(context, [{ visitor: 2, minute: 300 }])
    expect(await walkTwice(context)).toBe(3)
  }))

test('events that are being written hold nobody up who makes sessions, and are in those of the next run [C9 E1]', () =>
  tryOut(async (plain) => {
    const context = settle(plain, '20m')
    const { sql } = context.store
    await tell(context, [{ visitor: 0, minute: 0 }])
    await walk(context)
    await tell(context, [{ visitor: 0, minute: 100 }])
    // Whoever writes events waits in the middle of it for as long as the test says.
    await sql`
      CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(42); RETURN NULL; END $$`
    await sql`
      CREATE TRIGGER planted AFTER INSERT ON onefold.unstitched FOR EACH STATEMENT EXECUTE FUNCTION planted()`
    const holder = await sql.reserve()
    await holder`SELECT pg_advisory_lock(42)`
    const writing = tell(context, [{ visitor: 0, minute: 200 }])
    const isWaiting = async (): Promise<true | undefined> =>
      (
        await sql`
        SELECT FROM pg_locks JOIN pg_database ON oid = database
        WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted`
      ).length > 0 || undefined
    expect(await pollUntil(isWaiting, { timeoutMs: 60_000 })).toBe(true)
    await walk(context)
    expect(await sql`SELECT FROM onefold.sessions`).toHaveLength(2)
    await holder`SELECT pg_advisory_unlock(42)`
    holder.release()
    await writing
    await sql`DROP TRIGGER planted ON onefold.unstitched`
    expect(await walkTwice(context)).toBe(3)
  }))
