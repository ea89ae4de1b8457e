import { afterEach, beforeEach, expect, test } from 'vitest'
import { createReadKey } from '../../src/pipeline/key/create-key.ts'
import { revokeKey } from '../../src/pipeline/key/revoke-key.ts'
import { listKeys } from '../../src/store/key/list-keys.ts'
import { writeChanges } from '../support/write-changes.ts'
import { type ApiBench, openApiBench } from './api-fixture.ts'

interface Event {
  readonly id: string
  readonly event: string
  readonly data: { readonly type: string; readonly data: { readonly profile_id: string } }
}

let bench: ApiBench
let key: string
beforeEach(async () => {
  bench = await openApiBench('changes_api')
  key = (await createReadKey(bench.context, 'teller')).key
})
afterEach(() => bench.close())

function ask(query = '', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${bench.address}/v1/changes${query}`, { headers: { authorization: `Bearer ${key}`, ...headers } })
}

/** Reads so many events of a stream (all until its end without a number), then leaves it. */
async function listen(answer: Response, most = Infinity): Promise<Event[]> {
  const events: Event[] = []
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (events.length < most) {
    const { value, done } = await reader.read()
    if (done) return events
    const blocks = (text + value).split('\n\n')
    text = blocks.pop() ?? ''
    // A block without data says where the stream is.
    for (const block of blocks.filter((each) => each.includes('data: '))) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2))) as Record<
        string,
        string
      >
      events.push({ id: fields['id']!, event: fields['event']!, data: JSON.parse(fields['data']!) as Event['data'] })
    }
  }
  await reader.cancel()
  return events
}

test('changes are streamed as they happen, and read on without a gap from the last that was told [D4]', async () => {
  const { sql } = bench.context.store
  await writeChanges(sql, 1)
  const answer = await ask()
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  await writeChanges(sql, 2, 3)
  const first = await listen(answer, 2)
  expect(first.map(({ event, data }) => [event, data.type, data.data.profile_id])).toEqual([
    ['profile.updated', 'profile.updated', 'p_2'],
    ['profile.updated', 'profile.updated', 'p_3'],
  ])
  await writeChanges(sql, 4, 5)
  const peopleAfter = async (id: string, most: number): Promise<string[]> =>
    (await listen(await ask('', { 'last-event-id': id }), most)).map(({ data }) => data.data.profile_id)
  expect(await peopleAfter(first[0]!.id, 3)).toEqual(['p_3', 'p_4', 'p_5'])
  expect(await peopleAfter(first[1]!.id, 2)).toEqual(['p_4', 'p_5'])
})

test('only kinds that are asked for are told [D4]', async () => {
  const { sql } = bench.context.store
  const answer = await ask('?kinds=segment.left,profile.merged')
  await writeChanges(sql, 1, 2)
  await sql`
    INSERT INTO onefold.outbox (kind, subject, payload, at)
    SELECT 'profile.merged', profile_id, jsonb_build_object('to', '00000000-0000-4000-8000-000000000002'), now()
    FROM onefold.profiles WHERE pseudonym = 'p_1'`
  const told = await listen(answer, 1)
  expect(told).toMatchObject([{ event: 'profile.merged', data: { data: { profile_id: 'p_1', to_profile_id: 'p_2' } } }])
})

test('who has no key to read, or asks for what is not there, is refused [D4]', async () => {
  const refusal = async (query: string, headers: Record<string, string> = {}): Promise<[number, unknown]> => {
    const answer = await ask(query, headers)
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  expect(await refusal('', { authorization: `Bearer ${bench.webKey}` })).toEqual([401, 'api.unauthorized'])
  expect(await refusal('?kinds=profile.praised')).toEqual([400, 'api.unknown_kind'])
  expect(await refusal('', { 'last-event-id': '12; DROP' })).toEqual([400, 'api.unknown_place'])
})

test('who was told nothing yet goes on from where the stream began [D4]', async () => {
  const { sql } = bench.context.store
  const reader = (await ask()).body!.pipeThrough(new TextDecoderStream()).getReader()
  const [, id] = /^id: (\S+)\n\n/.exec((await reader.read()).value ?? '') ?? []
  await reader.cancel()
  await writeChanges(sql, 1)
  const told = await listen(await ask('', { 'last-event-id': id! }), 1)
  expect(told.map(({ data }) => data.data.profile_id)).toEqual(['p_1'])
})

test('a key that is revoked ends the stream it opened [D4]', async () => {
  const told = listen(await ask())
  await revokeKey(bench.context, (await listKeys(bench.context.store.sql)).find(({ kind }) => kind === 'read')!.keyId)
  expect(await told).toEqual([])
})

test('a server that stops ends its streams [D4]', async () => {
  const answer = await ask()
  const told = listen(answer)
  await writeChanges(bench.context.store.sql, 1)
  await bench.api.close()
  expect((await told).length).toBeLessThanOrEqual(1)
  await expect(ask()).rejects.toThrow('fetch failed')
})
