import { randomFillSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settingsSchema, type DeclaredSettings } from '../../src/config/settings.ts'
import { admitBatches } from '../../src/pipeline/ingest/admit-batches.ts'
import { admitInThreads } from '../../src/pipeline/ingest/admit-in-threads.ts'
import type { Admission, AdmittedBatch } from '../../src/pipeline/ingest/admitted-batch.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { decideRows } from '../../src/pipeline/ingest/decide-rows.ts'
import { deriveHeads } from '../../src/pipeline/ingest/derive-heads.ts'
import { openVersions, placeRows } from '../../src/pipeline/ingest/open-rows.ts'
import { takeFirstVersions } from '../../src/pipeline/ingest/take-first-versions.ts'
import { namePage, nameRow } from '../../src/pipeline/name-place.ts'
import { deriveKeyring } from '../../src/privacy/derive-keyring.ts'
import { openEnvelope } from '../../src/privacy/open-envelope.ts'
import { poolRandomBytes } from '../../src/privacy/pool-random-bytes.ts'
import { openCopyWriter } from '../../src/store/copy-writer.ts'
import { encodeRecords, packHeads } from '../../src/store/ingest/encode-records.ts'

const SETTINGS: DeclaredSettings = {
  region: 'GB',
  sources: {
    crm: {
      kind: 'people',
      columns: { id: 'record_key', name: 'full_name', born: 'birth_date', mail: 'email', device: 'device_id' },
    },
    web: { kind: 'events', columns: { who: 'anonymous_id', what: 'event_name', at: 'occurred_at', mail: 'email' } },
  },
}

const keyring = deriveKeyring(Buffer.alloc(32, 7))
const DELIVERY_ID = '0190a1b2-1234-7234-8234-123456789abc'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-admit-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function prepare(source: 'crm' | 'web', bytes: string | Uint8Array, name = 'rows.csv'): Promise<Admission> {
  const settings = settingsSchema.parse(SETTINGS)
  const path = join(folder, name)
  await writeFile(path, bytes)
  const reading = composeReading(settings.sources[source]!, settings, new Date('2026-11-01T00:00:00Z'))
  return {
    keyring,
    random: poolRandomBytes((target) => void randomFillSync(target)),
    delivery: { deliveryId: DELIVERY_ID, source, sealedPath: Buffer.alloc(0), reading },
    input: path,
    checkpoint: null,
    signal: new AbortController().signal,
    onNotice: () => {},
  }
}

async function gather(batches: AsyncGenerator<AdmittedBatch>): Promise<AdmittedBatch[]> {
  const gathered: AdmittedBatch[] = []
  for await (const batch of batches) gathered.push(batch)
  return gathered
}

/** Batches with their envelopes opened: what is sealed is the same, the envelope never is. */
function openBatches(batches: readonly AdmittedBatch[]): unknown {
  return batches.map((batch) => {
    const { rowNos, pageRows, heldRows, sealed, ends } = batch
    const open = (envelope: number, place: string): string =>
      openEnvelope(keyring, Buffer.from(sealed.slice(ends[envelope - 1] ?? 0, ends[envelope])), place).toString(
        'latin1',
      )
    let first = 0
    const pages = Array.from(pageRows, (rows, page) => {
      const place = namePage(DELIVERY_ID, rowNos[first] ?? 0)
      first += rows
      return open(page, place)
    })
    const held = Array.from(heldRows, (row, index) => open(pageRows.length + index, nameRow(DELIVERY_ID, rowNos[row]!)))
    // As texts: typed arrays are compared element by element, which takes most of a minute.
    const columns = Object.entries({ ...batch, sealed: undefined, ends: undefined })
    return { ...Object.fromEntries(columns.map(([name, column]) => [name, spellColumn(column)])), pages, held }
  })
}

function spellColumn(column: unknown): unknown {
  return ArrayBuffer.isView(column)
    ? Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('latin1')
    : column
}

function writePeople(count: number): string {
  let text = 'id,name,born,mail,device\n'
  for (let id = 1; id <= count; id++) {
    text += `${id},Ünda Marlow ${id % 97},19${10 + (id % 90)}-0${1 + (id % 9)}-11,${id % 3 === 0 ? 'n/a' : `u${id}@mailhaven.net`},${id % 50 === 0 ? `d${id}` : ''}\n`
    if (id % 1000 === 0) text += 'too,many,cells,in,this,row\n'
  }
  return text
}

function writeEvents(count: number): string {
  let text = 'who,what,at,mail\n'
  for (let i = 0; i < count; i++)
    text += `v${i % 400},View "${i}",${i % 70 === 0 ? 'never' : `2026-10-0${1 + (i % 9)}T10:00:00Z`},\n`.replaceAll(
      '"',
      '',
    )
  return text
}

test.each([
  ['crm', writePeople(21_000)],
  ['web', writeEvents(12_000)],
] as const)('any number of threads judge the rows of %s as this thread does', async (source, text) => {
  const admission = await prepare(source, text)
  const here = await gather(admitBatches(admission))
  expect(here.length).toBeGreaterThan(2)
  for (const threads of [1, 3])
    expect(openBatches(await gather(admitInThreads(admission, threads)))).toEqual(openBatches(here))
})

test('reading on from the checkpoint of a batch gives the remaining rows', async () => {
  const admission = await prepare('crm', writePeople(21_000))
  const [first, ...rest] = await gather(admitBatches(admission))
  const resumed = await gather(admitBatches({ ...admission, checkpoint: first!.checkpoint }))
  expect(openBatches(resumed)).toEqual(openBatches(rest))
})

test('the good rows before a fault of the file are given before the failure, in either thread', async () => {
  const whole = gzipSync(writePeople(3000))
  const admission = await prepare('crm', whole.subarray(0, whole.length - 2000), 'rows.csv.gz')
  for (const admit of [admitBatches, admitInThreads]) {
    const batches = admit(admission)
    const first = (await batches.next()).value as AdmittedBatch
    expect(first.rowNos.length).toBeGreaterThan(100)
    await expect(batches.next()).rejects.toMatchObject({
      name: 'OnefoldError',
      code: 'source.truncated',
      kind: 'payload',
    })
  }
})

test('an abort ends the batches without a failure, in either thread', async () => {
  const admission = await prepare('crm', writePeople(30_000))
  for (const admit of [admitBatches, admitInThreads]) {
    const stopping = new AbortController()
    const batches = admit({ ...admission, signal: stopping.signal })
    await batches.next()
    stopping.abort()
    expect(await batches.next()).toMatchObject({ done: true })
  }
})

test('records that are new and told of once have the heads that looking at single rows gives', async () => {
  const admission = await prepare('crm', writePeople(6000))
  for await (const batch of admitBatches(admission)) {
    const { accepted } = decideRows(batch, new Set(), new Set())
    expect(batch.sharesRecords).toBe(false)
    expect(accepted.length).toBeLessThan(batch.rowNos.length)
    const places = placeRows(batch, 3)
    const { added } = deriveHeads(openVersions(batch, accepted, places), new Map())
    expect(encodeRecords(openCopyWriter(), 'crm', 'new', takeFirstVersions(batch, accepted, places))).toEqual(
      encodeRecords(openCopyWriter(), 'crm', 'new', packHeads(added)),
    )
  }
})
