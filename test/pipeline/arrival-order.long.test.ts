import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importModel } from '../../src/pipeline/model/import-model.ts'
import { revealModel } from '../../src/pipeline/model/reveal-model.ts'
import { trainOnLedger } from '../../src/pipeline/model/train-on-ledger.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { createRandom } from '../../src/sample/create-random.ts'
import { type Bench, openBench } from './people-fixture.ts'

const RECORDS = 20_000
const ORDERS = 5
const MOST_DELIVERIES = 8
/** Of all records, those of which an older, wrong version comes as well, before the right one or after it. */
const CORRECTED = 0.05
const HEAD = 'key,first,last,born,mail,tel,street,zip,changed,gone'
/** Of all records, those that are deleted in the end. */
const DELETED = 0.03
const LATELY = '2026-12-31T00:00:00Z'
const LONG_AGO = '2001-01-01T00:00:00Z'

/** Lines of the fixture's `crm`, one a record. */
function makePeople(bench: Bench): string[] {
  const file = join(bench.folder, 'people.csv')
  const maker = join(import.meta.dirname, '../../dist/bench/make-people.js')
  execFileSync(process.execPath, [maker, '--records', String(RECORDS), '--seed', '7', '--out', file], {
    stdio: 'ignore',
  })
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [key, first, last, born, mail, tel, street, , zip, changed] = line.split(',')
      return [key, first, last, born, mail, tel, street, zip, changed].join(',')
    })
}

/** The same record with somebody else's particulars, as it was told long ago. */
function makeOutdated(line: string, other: string): string {
  return [line.split(',')[0], ...other.split(',').slice(1, -1), LONG_AGO, ''].join(',')
}

interface Seen {
  readonly people: string
  readonly judged: string
  readonly profiles: number
  readonly records: number
  readonly judgements: number
}

/** Who is who and what was judged, by record; records are named alike wherever they came in. */
async function observe(bench: Bench): Promise<Seen> {
  const { sql } = bench.context.store
  const [seen] = await sql<Seen[]>`
    SELECT
      (SELECT md5(string_agg(records, E'\n' ORDER BY records)) FROM (
        SELECT string_agg(record_id::text, ' ' ORDER BY record_id) AS records
        FROM onefold.profile_members GROUP BY profile_id) AS people) AS people,
      (SELECT md5(string_agg(concat_ws(' ', record_a, record_b, verdict, weight_bits), E'\n' ORDER BY record_a, record_b))
        FROM onefold.judgements) AS judged,
      (SELECT count(DISTINCT profile_id) FROM onefold.profile_members) AS profiles,
      (SELECT count(*) FROM onefold.profile_members) AS records,
      (SELECT count(*) FROM onefold.judgements) AS judgements`
  return seen as Seen
}

test(
  `${RECORDS} records in ${ORDERS} orders and splits, some corrected and some deleted, end as if all had come at once (P4)`,
  { timeout: 1_200_000 },
  async () => {
    const atOnce = await openBench('at_once')
    try {
      const people = makePeople(atOnce)
      const chance = createRandom(0, 'deletions')
      const deletions = people
        .filter(() => chance.chance(DELETED))
        .map((line) => `${line.split(',')[0]},,,,,,,,${LATELY},true`)
      const lines = [...people.map((line) => `${line},`), ...deletions]
      await atOnce.ingest('crm', [HEAD, ...lines].join('\n'))
      const { version } = await trainOnLedger(atOnce.context)
      const model = await revealModel(atOnce.context, version)
      await atOnce.apply(version)
      const expected = await observe(atOnce)
      expect(deletions.length).toBeGreaterThan(RECORDS / 100)
      expect(expected).toMatchObject({ records: RECORDS - deletions.length })
      expect(expected.profiles).toBeLessThan(RECORDS * 0.9)
      for (let seed = 1; seed <= ORDERS; seed++) {
        const random = createRandom(seed, 'arrival order')
        const outdated = people
          .filter(() => random.chance(CORRECTED))
          .map((line) => makeOutdated(line, random.pick(people)))
        const arriving = random.shuffle([...lines, ...outdated])
        const deliveries = random.integer(2, MOST_DELIVERIES)
        const cuts = Array.from({ length: deliveries - 1 }, () => random.integer(0, arriving.length))
        const bounds = [0, ...cuts.toSorted((left, right) => left - right), arriving.length]
        const bench = await openBench('in_parts')
        try {
          const imported = await importModel(bench.context, model)
          await bench.apply(imported.version)
          for (const [index, end] of bounds.slice(1).entries()) {
            const part = arriving.slice(bounds[index], end)
            if (part.length === 0) continue
            await bench.ingest('crm', [HEAD, ...part].join('\n'))
            await bench.run()
          }
          expect(await observe(bench), `order ${seed}, ${deliveries} deliveries`).toEqual(expected)
          expect((await verify(bench.context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
        } finally {
          await bench.close()
        }
      }
    } finally {
      await atOnce.close()
    }
  },
)
