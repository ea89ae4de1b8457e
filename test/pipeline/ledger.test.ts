import { afterEach, beforeEach, expect, test } from 'vitest'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { loadSealedRecords } from '../../src/store/identity/load-sealed-records.ts'
import { deriveKeyring } from '../../src/privacy/derive-keyring.ts'
import { openRecord } from '../../src/pipeline/resolve/open-record.ts'
import { hashState } from '../../src/store/verify/hash-state.ts'
import { configure, ingestText } from './ingest-text.ts'
import { type Bench, openBench } from './people-fixture.ts'
import { readRawRows } from './read-raw-rows.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench('ledger')
})
afterEach(() => bench.close())

async function brokenPromises(): Promise<string[]> {
  return (await verify(bench.context)).checks.filter((check) => check.broken > 0).map((check) => check.promise)
}

const HEAD = 'key,first,last,born,mail'

test('the same file any number of times counts once (P3)', async () => {
  const csv = `${HEAD}\n1,Ada,Marlow,1990-01-02,ada@mailhaven.net\n2,Bruno,Keller,,\n2,Bruno,Keller,,\n`
  expect((await bench.ingest('crm', csv)).counts).toMatchObject({ received: 3, accepted: 2, duplicate: 1 })
  await bench.run()
  const before = await hashState(bench.context.store.sql)
  expect((await bench.ingest('crm', csv)).counts).toMatchObject({ received: 3, accepted: 0, duplicate: 3 })
  await bench.run()
  const after = await hashState(bench.context.store.sql)
  for (const table of [
    'records',
    'profiles',
    'profile_members',
    'profile_revisions',
    'features',
    'unified_profiles',
    'outbox',
  ]) {
    expect([table, after[table]]).toEqual([table, before[table]])
  }
  expect(await brokenPromises()).toEqual([])
})

test('within one delivery a row far from its equal is a repeat, and a changed one a new version (P3)', async () => {
  const rows = Array.from({ length: 11_000 }, (_, row) => `${row},Ada,Marlow ${row % 89},1990-01-02,`)
  const late = ['7,Ada,Marlow 7,1990-01-02,', '8,Ada,Quill,1990-01-02,ada@mailhaven.net']
  const csv = `${HEAD}\n${[...rows, ...late].join('\n')}\n`
  const { sql } = bench.context.store
  expect((await bench.ingest('crm', csv)).counts).toMatchObject({ received: 11_002, accepted: 11_001, duplicate: 1 })
  expect(await sql`SELECT versions FROM onefold.records WHERE versions > 1`).toEqual([{ versions: 2 }])
  expect(await sql`SELECT count(*)::int AS records FROM onefold.records`).toMatchObject([{ records: 11_000 }])
  const { accepted, duplicate } = (await bench.ingest('crm', csv)).counts
  expect({ accepted, duplicate }).toEqual({ accepted: 0, duplicate: 11_002 })
})

test('identical lines of an order are kept where the source says so, and a second delivery of the file counts none', async () => {
  const csv = `order,mail,quantity,price,at\nA1,ada@mailhaven.net,1,2.50,2026-06-01\nA1,ada@mailhaven.net,1,2.50,2026-06-01\n`
  expect((await bench.ingest('shop', csv)).counts).toMatchObject({ accepted: 2, duplicate: 0 })
  expect((await bench.ingest('shop', csv)).counts).toMatchObject({ accepted: 0, duplicate: 2 })
  await bench.run()
  const [features] = await bench.context.store.sql`SELECT purchases, total_spent FROM onefold.features`
  expect(features).toEqual({ purchases: 1, total_spent: 5 })
  expect(await brokenPromises()).toEqual([])
})

test('identical lines of an order are kept however far apart, and a second delivery counts none of them', async () => {
  const lines = Array.from({ length: 6000 }, (_, line) => `A${line},ada@mailhaven.net,1,2.50,2026-06-01`)
  const csv = `order,mail,quantity,price,at\n${[lines[7], ...lines, lines[7], lines[5999]].join('\n')}\n`
  const { sql } = bench.context.store
  expect((await bench.ingest('shop', csv)).counts).toMatchObject({ received: 6003, accepted: 6003 })
  expect((await bench.ingest('shop', csv)).counts).toMatchObject({ accepted: 0, duplicate: 6003 })
  expect(await sql`SELECT count(*)::int AS lines FROM onefold.events GROUP BY order_key HAVING count(*) > 1`).toEqual(
    expect.arrayContaining([{ lines: 3 }, { lines: 2 }]),
  )
  expect(await brokenPromises()).toEqual([])
})

test.each([
  ['in the same batch', 0],
  ['in a later one', 5500],
])(
  'a message held for want of an actor waits no longer once it is accepted %s of the first delivery',
  async (_, between) => {
    const rows = Array.from({ length: between }, (_row, row) => `n${row},c1,,,page,2026-06-01T10:00:00Z`)
    const csv = [
      'id,cookie,user,mail,kind,at',
      'm1,,,,page,2026-06-01T10:00:00Z',
      ...rows,
      'm1,c1,,,page,2026-06-01T10:00:00Z',
    ]
    await bench.ingest('web', `${csv.join('\n')}\n`)
    expect(await bench.context.store.sql`SELECT state, outcome FROM onefold.quarantine`).toEqual([
      { state: 'replayed', outcome: 'duplicate' },
    ])
    expect(await brokenPromises()).toEqual([])
  },
)

test('a repeated message id is one event, however it arrives', async () => {
  const head = 'id,cookie,user,mail,kind,at'
  await bench.ingest('web', `${head}\nm1,c1,,,page,2026-06-01T10:00:00Z\nm1,c1,,,page,2026-06-01T10:00:00Z\n`)
  const { counts } = await bench.ingest(
    'web',
    `${head}\nm1,c1,,,page,2026-06-01T10:00:00Z\nm2,c1,,,page,2026-06-01T10:01:00Z\n`,
  )
  expect(counts).toMatchObject({ received: 2, accepted: 1, duplicate: 1 })
  expect(await bench.context.store.sql`SELECT 1 FROM onefold.events`).toHaveLength(2)
  expect(await brokenPromises()).toEqual([])
})

test('a message id names one event even where repeats are real', async () => {
  const web = { ...bench.context.settings.sources['web']!, repeats: 'keep' as const }
  const context = { ...bench.context, settings: { ...bench.context.settings, sources: { web } } }
  const rows = ['m1,c1,,,page', 'm1,c2,,,page', 'm1,c1,,,page', ',c1,,,page', ',c1,,,page']
  const csv = `id,cookie,user,mail,kind,at\n${rows.map((row) => `${row},2026-06-01T10:00:00Z\n`).join('')}`
  expect(await ingestText(context, 'web', csv)).toMatchObject({ accepted: 3, duplicate: 2 })
  expect(await brokenPromises()).toEqual([])
})

test('poison rows never block their batch, and the bytes of each are kept (P8 P9)', async () => {
  const poison = ['x,"unclosed,b,c,d', 'y,a,b,c,d,e,f,g', '\u0000nul,A,B,,', '__proto__,constructor,toString,,']
  const good = Array.from({ length: 20 }, (_, row) => `g${row},Ida${row},Quill,,`)
  const { counts } = await bench.ingest('crm', `${HEAD}\n${[...good, ...poison].join('\n')}\n`)
  expect(counts['received']).toBe(24)
  expect(counts['accepted']).toBeGreaterThanOrEqual(20)
  expect(await readRawRows(bench.context)).toEqual([...good, ...poison])
  expect(await brokenPromises()).toEqual([])
})

test('a bad row delivered again is held once, and a corrected mapping releases it', async () => {
  const csv = `${HEAD}\n5,,,,\n`
  expect((await bench.ingest('crm', csv)).counts).toMatchObject({ quarantined: 1 })
  expect((await bench.ingest('crm', csv)).counts).toMatchObject({ quarantined: 0, duplicate: 1 })
  expect(await bench.context.store.sql`SELECT 1 FROM onefold.quarantine`).toHaveLength(1)
  expect(await brokenPromises()).toEqual([])
})

test('what was ordered is kept beside the events, whoever writes them, and verified [E1] (P20)', async () => {
  const { sql } = bench.context.store
  const DAY = '2026-06-01T10:00:00Z'
  await bench.ingest(
    'shop',
    `order,mail,quantity,price,at\no1,a@mailhaven.net,2,20,${DAY}\no2,a@mailhaven.net,1,2.5,${DAY}\n`,
  )
  await bench.ingest('web', `id,cookie,user,mail,kind,at\nm1,c1,,,page,${DAY}\n`)
  const read = async (): Promise<(number | null)[]> => {
    const rows = await sql<{ amount: number | null }[]>`SELECT amount FROM onefold.ordered_lines ORDER BY amount`
    return rows.map((row) => row.amount)
  }
  const findBroken = async (): Promise<string[]> => {
    const { checks } = await verify(bench.context)
    return checks.filter(({ broken }) => broken > 0).map(({ promise }) => promise)
  }
  const PROMISE = 'what was ordered is what events say'
  expect(await read()).toEqual([2.5, 40])
  expect(await findBroken()).not.toContain(PROMISE)
  await sql`UPDATE onefold.ordered_lines SET amount = 41 WHERE amount = 40`
  expect(await findBroken()).toContain(PROMISE)
  await sql`DELETE FROM onefold.events WHERE amount = 40`
  expect(await read()).toEqual([2.5])
  expect(await findBroken()).not.toContain(PROMISE)
  await sql`DELETE FROM onefold.ordered_lines`
  expect(await findBroken()).toContain(PROMISE)
})

test('personal values of a record are opened by key and place only', async () => {
  await bench.ingest('crm', `${HEAD}\n1,Ada,Marlow,1990-01-02,ada@mailhaven.net\n`)
  const [record] = await bench.context.store.sql<{ record_id: string }[]>`SELECT record_id FROM onefold.records`
  const [sealed] = await loadSealedRecords(bench.context.store.sql, [record!.record_id])
  expect(() => openRecord(bench.context, { ...sealed!, rowNo: 7 })).toThrow('seal')
  const stranger = deriveKeyring(Buffer.alloc(32, 99))
  // Opened pages are remembered by their bytes: a copy is a page never opened before.
  expect(() => openRecord({ keyring: stranger }, { ...sealed!, sealed: Buffer.from(sealed!.sealed) })).toThrow('seal')
  expect(openRecord(bench.context, sealed!).emails).toEqual(['ada@mailhaven.net'])
})

test('an order line without customer is quarantined, one without price rejected: nothing is dropped silently [B2]', async () => {
  const head = 'order,mail,quantity,price,at'
  const { counts } = await bench.ingest(
    'shop',
    `${head}\nA1,,1,2.50,2026-06-01\nA2,ada@mailhaven.net,1,0,2026-06-01\nA3,ada@mailhaven.net,1,1,2026-06-01\n`,
  )
  expect(counts).toMatchObject({ received: 3, accepted: 1, quarantined: 1, rejected: 1 })
  const issues = await bench.context.store.sql<{ issues: string[] }[]>`
    SELECT issues FROM onefold.raw_records WHERE outcome <> 'accepted' ORDER BY row_no`
  expect(issues.map((row) => row.issues)).toEqual([['order.no_customer'], ['order.price_not_positive']])
})

test('deliveries that open the same new months at once all come through', async () => {
  const deliveries = Array.from({ length: 5 }, (_, n) => {
    const lines = Array.from(
      { length: 24 },
      (_line, month) =>
        `e${n}-${month},c${n},,,page,${2020 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-15`,
    )
    return `id,cookie,user,mail,kind,at\n${lines.join('\n')}\n`
  })
  const runs = await Promise.all(deliveries.map((csv) => bench.ingest('web', csv)))
  expect(runs.map(({ state, counts }) => [state, counts['accepted']])).toEqual(runs.map(() => ['done', 24]))
  expect(await brokenPromises()).toEqual([])
})

test('two bad values of one kind in a row are one failing row in the report [B2]', async () => {
  await bench.ingest(
    'crm',
    `key,first,last,born,mail\n1,Ada,Marlow,,ada at mailhaven;marlow at mailhaven\n2,Bruno,Keller,,\n`,
  )
  const results = await bench.context.store.sql`
    SELECT failed FROM onefold.quality_results WHERE code = 'email.invalid'`
  expect([...results]).toEqual([{ failed: 1 }])
})

test('rows read again under another mapping of the key are still repeats (P3)', async () => {
  const csv = `${HEAD}\n1,Ada,Marlow,1990-01-02,ada@mailhaven.net\n2,Bruno,Keller,,\n`
  await bench.ingest('crm', csv)
  const { crm } = bench.context.settings.sources
  const { key: _, ...columns } = crm!.columns
  const unkeyed = configure(bench.context, { sources: { crm: { kind: 'people', columns } } })
  expect(await ingestText(unkeyed, 'crm', csv)).toMatchObject({ received: 2, accepted: 0, duplicate: 2 })
  expect(await ingestText(unkeyed, 'crm', `${HEAD}\n3,Cleo,Varga,,\n`)).toMatchObject({ accepted: 1 })
  expect(await bench.ingest('crm', `${HEAD}\n3,Cleo,Varga,,\n`)).toMatchObject({ counts: { duplicate: 1 } })
  expect(await brokenPromises()).toEqual([])
})

test('each version of a record counts once, whichever is the newest (P3)', async () => {
  const head = 'key,first,last,changed'
  const old = `${head}\n1,Ada,Marlow,2026-01-01\n`
  const young = `${head}\n1,Ada,Marlow-Reed,2026-02-01\n`
  await bench.ingest('crm', old)
  await bench.ingest('crm', young)
  for (const csv of [old, young, old])
    expect((await bench.ingest('crm', csv)).counts).toMatchObject({ accepted: 0, duplicate: 1 })
  const [record] = await bench.context.store.sql`SELECT versions FROM onefold.records`
  expect(record).toEqual({ versions: 2 })
  expect(await brokenPromises()).toEqual([])
})
