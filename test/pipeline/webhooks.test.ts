import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { deriveWebhookSecret } from '../../src/pipeline/feed/derive-webhook-secret.ts'
import { replayDeadLetters } from '../../src/pipeline/feed/replay-dead-letters.ts'
import { tellWebhook } from '../../src/pipeline/feed/tell-webhook.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import type { ChangeKind } from '../../src/profile/change-kind.ts'
import { leaseWebhook } from '../../src/store/feed/lease-webhook.ts'
import { loadChanges } from '../../src/store/feed/load-changes.ts'
import { loadDeadLetters } from '../../src/store/feed/load-dead-letters.ts'
import { loadWebhookStates } from '../../src/store/feed/load-webhook-states.ts'
import { resumeWebhook } from '../../src/store/feed/resume-webhook.ts'
import { renumberRestoredFeed } from '../../src/store/feed/renumber-restored-feed.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import { holdPart, holdPath, releasePath } from '../../src/store/run/hold-path.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { waitForFeed, writeChanges } from '../support/write-changes.ts'
import { configure, ingestText } from './ingest-text.ts'

interface Told {
  readonly id: string
  readonly type: string
  readonly profile: string
  readonly body: string
}

interface Receiver {
  readonly url: string
  readonly told: Told[]
  /** Status and headers for a message, 204 by default. */
  answer: (message: Told) => { readonly status: number; readonly headers?: Record<string, string> }
  readonly server: Server
}

let database: MigratedDatabase
let receiver: Receiver
beforeEach(async () => {
  database = await openMigratedDatabase('webhooks')
  receiver = await receive(deriveWebhookSecret(database.context.keyring, 'crm'))
})
afterEach(async () => {
  receiver.server.closeAllConnections()
  await new Promise((resolve) => receiver.server.close(resolve))
  await database.drop()
})

/** A receiver that takes only what is signed as Standard Webhooks says, judged by their own library. */
async function receive(secret: string): Promise<Receiver> {
  const opened: Omit<Receiver, 'url'> = {
    told: [],
    answer: () => ({ status: 204 }),
    server: createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8')
        const { type, data } = verify(secret, body, request.headers)
        const message = { id: String(request.headers['webhook-id']), type, profile: data.profile_id, body }
        const { status, headers } = opened.answer(message)
        if (status < 300) opened.told.push(message)
        response.writeHead(status, headers).end()
      })
    }),
  }
  await new Promise<void>((resolve) => opened.server.listen(0, '127.0.0.1', resolve))
  const { port } = opened.server.address() as AddressInfo
  return Object.assign(opened, { url: `http://127.0.0.1:${port}/onefold` })
}

function verify(
  secret: string,
  body: string,
  headers: IncomingHttpHeaders,
): { readonly type: string; readonly data: { readonly profile_id: string } } {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as ReturnType<typeof verify>
}

function withHook(changes?: ChangeKind[], more: DeclaredSettings = {}): Context {
  const hook = { url: receiver.url, ...(changes === undefined ? {} : { changes }) }
  return configure(database.context, { ...more, webhooks: { crm: hook } })
}

const tell = (context: Context): Promise<number> => tellWebhook(context, 'crm', new AbortController().signal)

const state = async (context: Context) => (await loadWebhookStates(context.store.sql, 100))[0]

test('a receiver is told, signed, of what happens after it began, in the ids that are published [D4]', async () => {
  const columns = { key: 'record_key', first: 'given_name', last: 'family_name' } as const
  const context = withHook(['profile.created', 'segment.entered'], { sources: { list: { kind: 'people', columns } } })
  const run = async (text: string): Promise<void> => {
    await ingestText(context, 'list', text)
    expect((await workOffRun(context, await openPath(context))).state).toBe('done')
  }
  await run('key,first,last\n1,Ada,Marlow\n')
  expect(await tell(context)).toBe(0)
  await run('key,first,last\n1,Ada,Marlow\n2,Bruno,Keller\n')
  const published = await context.store.sql<{ profile: string; type: string }[]>`
    SELECT feed.profile_id AS profile, kind AS type FROM onefold_out.change_feed AS feed
    JOIN onefold_out.unified_profiles USING (profile_id)
    WHERE profile_id IN (SELECT profile_id FROM onefold_out.change_feed WHERE kind = 'profile.created' AND at > (
      SELECT min(at) FROM onefold_out.change_feed)) AND kind IN ('profile.created', 'segment.entered')
    ORDER BY feed.xact, seq`
  expect(published.map(({ type }) => type)).toContain('segment.entered')
  expect(await tell(context)).toBe(published.length)
  expect(receiver.told.map(({ profile, type }) => ({ profile, type }))).toEqual([...published])
  expect(receiver.told.map(({ body }) => body).join('')).not.toMatch(/Bruno|Keller/)
  expect(await tell(context)).toBe(0)
  expect(await state(context)).toMatchObject({ attempts: 0, lastCode: null, dead: 0 })
})

test('a change shows with its commit, whatever transaction is older [D4]', async () => {
  const { sql } = database.context.store
  await inTransaction(sql, async (tx) => {
    await tx`SELECT pg_current_xact_id()`
    await inTransaction(sql, (other) => writeChanges(other, 1))
    expect(await loadChanges(sql, { xact: '0', seq: 0 }, 10)).toHaveLength(1)
  })
})

test('what a walk commits later than what came after it is still told, since nothing shows before it [D4]', async () => {
  const context = withHook()
  const { sql } = context.store
  await tell(context)
  await sql`INSERT INTO onefold.runs (run_id, kind, stages, state, started_at)
    VALUES (gen_random_uuid(), 'pipeline', '{}', 'open', now())`
  const [begun] = await sql<{ xact: string; seq: number }[]>`SELECT xact::text, seq FROM onefold.webhook_positions`
  let commit = (): void => {}
  let written = (): void => {}
  const isWritten = new Promise<void>((resolve) => (written = resolve))
  const slow = inTransaction(sql, async (tx) => {
    await writeChanges(tx, 1)
    const open = new Promise<void>((resolve) => (commit = resolve))
    written()
    await open
  })
  await isWritten
  await inTransaction(sql, (tx) => writeChanges(tx, 2))
  const seen = async (): Promise<string[]> => (await loadChanges(sql, begun!, 10)).map(({ profileId }) => profileId)
  expect(await seen()).toEqual([])
  expect(await tell(context)).toBe(0)
  commit()
  await slow
  await waitForFeed(sql)
  expect(await seen()).toEqual(['p_1', 'p_2'])
  expect(await tell(context)).toBe(2)
})

test('a receiver that fails is left alone as long as it asks, then told everything in order [D4]', async () => {
  const context = withHook()
  const { sql } = context.store
  await tell(context)
  await writeChanges(context.store.sql, 1, 2, 1, 3, 1)
  receiver.answer = () => ({ status: 503, headers: { 'retry-after': '120' } })
  expect(await tell(context)).toBe(0)
  const failed = await state(context)
  expect(failed).toMatchObject({ attempts: 1, lastCode: '503', waiting: 5, dead: 0 })
  const [{ waits }] = (await sql`
    SELECT extract(epoch FROM next_at - clock_timestamp())::float8 AS waits FROM onefold.webhook_positions`) as [
    { waits: number },
  ]
  expect(waits).toBeGreaterThan(100)
  receiver.answer = () => ({ status: 204 })
  expect(await tell(context)).toBe(0)
  await resumeWebhook(sql, 'crm')
  expect(await tell(context)).toBe(5)
  const feed = await sql<{ id: string; profile: string }[]>`
    SELECT 'msg_' || xact || '_' || seq AS id, profile_id AS profile FROM onefold_out.change_feed ORDER BY change_feed.xact, seq`
  const orderOf = (profile: string, all: readonly { id: string; profile: string }[]): string[] =>
    all.filter((each) => each.profile === profile).map(({ id }) => id)
  for (const profile of ['p_1', 'p_2', 'p_3']) expect(orderOf(profile, receiver.told)).toEqual(orderOf(profile, feed))
})

test('a change that is refused three times is put aside, and told when it is sent again [D4]', async () => {
  const context = withHook()
  const { sql } = context.store
  await tell(context)
  await writeChanges(context.store.sql, 1, 2, 3)
  receiver.answer = ({ profile }) => ({ status: profile === 'p_2' ? 422 : 204 })
  for (let attempt = 0; attempt < 3; attempt++) {
    await tell(context)
    await sql`UPDATE onefold.webhook_positions SET next_at = NULL`
  }
  await tell(context)
  const profiles = new Set(receiver.told.map(({ profile }) => profile))
  expect([...profiles].sort()).toEqual(['p_1', 'p_3'])
  const letters = await loadDeadLetters(sql, 'crm', 10)
  expect(letters).toMatchObject([{ profileId: 'p_2', code: '422' }])
  expect(await replayDeadLetters(context, 'crm')).toEqual({ told: 0, left: 1, code: '422' })
  receiver.answer = () => ({ status: 200 })
  expect(await replayDeadLetters(context, 'crm')).toEqual({ told: 1, left: 0 })
  expect(receiver.told.at(-1)).toMatchObject({ profile: 'p_2', type: 'profile.updated' })
  expect(await state(context)).toMatchObject({ waiting: 0, dead: 0 })
})

test('a refusal after failures of another kind counts as the first [D4]', async () => {
  const context = withHook()
  await tell(context)
  await writeChanges(context.store.sql, 1)
  for (const status of [503, 503, 404, 404]) {
    receiver.answer = () => ({ status })
    await tell(context)
    await context.store.sql`UPDATE onefold.webhook_positions SET next_at = NULL`
  }
  expect(await state(context)).toMatchObject({ attempts: 2, lastCode: '404', dead: 0 })
})

test('of a database that comes from another server the feed goes on [D4]', async () => {
  const context = withHook()
  const { sql } = context.store
  await tell(context)
  await writeChanges(context.store.sql, 1, 2)
  await sql`UPDATE onefold.outbox SET xact = (xact::text::bigint + 1000000000)::text::xid8`
  await sql`UPDATE onefold.webhook_positions SET xact = (xact::text::bigint + 1000000000)::text::xid8`
  expect(await renumberRestoredFeed(sql)).toBe(true)
  expect(await renumberRestoredFeed(sql)).toBe(false)
  await writeChanges(context.store.sql, 3)
  expect(await tell(context)).toBe(3)
  expect(receiver.told.map(({ profile }) => profile).sort()).toEqual(['p_1', 'p_2', 'p_3'])
})

test('transactions are numbered in the order in which they held the path, which the feed goes by [D4]', async () => {
  const { sql } = database.context.store
  const held: bigint[] = []
  const hold = (isWhole: boolean): Promise<void> =>
    inTransaction(sql, async (tx) => {
      const runId = database.context.newId()
      await (isWhole ? holdPath(tx, runId, 'list') : holdPart(tx, 'telling'))
      const [row] = await tx<{ xact: string }[]>`SELECT pg_current_xact_id()::text AS xact`
      held.push(BigInt(row!.xact))
      if (isWhole) await releasePath(tx, runId)
    })
  for (let round = 0; round < 20; round++)
    await Promise.all(Array.from({ length: 6 }, (_, n) => hold((n + round) % 3 === 0)))
  expect(held).toEqual(held.toSorted((a, b) => Number(a - b)))
})

test('a receiver that is gone is not asked again until somebody resumes it [D4]', async () => {
  const context = withHook()
  await tell(context)
  await writeChanges(context.store.sql, 1)
  receiver.answer = () => ({ status: 410 })
  await tell(context)
  expect(await state(context)).toMatchObject({ isGone: true, lastCode: '410' })
  receiver.answer = () => ({ status: 204 })
  expect(await tell(context)).toBe(0)
  await resumeWebhook(context.store.sql, 'crm')
  expect(await tell(context)).toBe(1)
})

test('a receiver that cannot be reached loses nothing, and an address is in no message of ours [D4]', async () => {
  const warned: string[] = []
  const log = { info: () => {}, warn: (fields: object, text: string) => warned.push(JSON.stringify(fields) + text) }
  const context = { ...withHook(), log }
  await tell(context)
  await writeChanges(context.store.sql, 1)
  const { port } = receiver.server.address() as AddressInfo
  receiver.server.closeAllConnections()
  await new Promise((resolve) => receiver.server.close(resolve))
  await tell(context)
  expect(await state(context)).toMatchObject({ attempts: 1, lastCode: 'connection', waiting: 1 })
  expect(warned).toHaveLength(1)
  expect(warned.join('')).not.toContain(String(port))
})

test('of several workers that ask at once one gets to tell a receiver, until it has written how far it came [D4]', async () => {
  const context = withHook()
  const { sql } = context.store
  await tell(context)
  await writeChanges(context.store.sql, 1)
  const leases = Array.from({ length: 6 }, () => context.newId())
  const taken = await Promise.all(leases.map((lease) => leaseWebhook(sql, 'crm', lease, 60_000)))
  expect(taken.filter((each) => each !== undefined)).toHaveLength(1)
  expect(await tell(context)).toBe(0)
  await sql`UPDATE onefold.webhook_positions SET leased_until = clock_timestamp()`
  expect(await tell(context)).toBe(1)
})

test('several workers at once tell each change once [D4]', async () => {
  const context = withHook()
  await tell(context)
  for (let round = 0; round < 30; round++)
    await writeChanges(context.store.sql, ...Array.from({ length: 10 }, (_, n) => n))
  const told = await Promise.all(Array.from({ length: 4 }, () => tell(context)))
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(300)
  expect(new Set(receiver.told.map(({ id }) => id)).size).toBe(300)
})
