import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type DeclaredSettings, settingsSchema } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../src/pipeline/ingest/open-ingest.ts'
import { type TakenIn, takeInNow } from '../../src/pipeline/now/take-in-now.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import type { OpenedRun } from '../../src/pipeline/open-run.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import type { ModelChoice } from '../../src/store/model/find-applied-model.ts'
import type { RunProgress } from '../../src/store/run/load-progress.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'

/** A database, a folder, and the two verbs tests speak in. */
export interface Bench extends MigratedDatabase {
  readonly folder: string
  /** Hands lines in as a CSV of a source and works the ingest off. */
  ingest(source: string, csv: string): Promise<RunProgress>
  /** Hands lines in as a CSV of a source, to be resolved and published as they arrive. */
  arrive(source: string, csv: string): Promise<TakenIn>
  /** Walks the path as of a fixed instant. */
  run(): Promise<RunProgress>
  /** The same, judging by another model from then on. */
  apply(model: ModelChoice): Promise<RunProgress>
  close(): Promise<void>
}

export const AS_OF = new Date('2026-06-30T12:00:00Z')

const DECLARED: DeclaredSettings = {
  sources: {
    crm: {
      kind: 'people',
      columns: {
        key: 'record_key',
        first: 'given_name',
        last: 'family_name',
        born: 'birth_date',
        mail: 'email',
        tel: 'phone',
        street: 'street',
        zip: 'postcode',
        changed: 'updated_at',
        gone: 'deleted',
      },
    },
    web: {
      kind: 'events',
      columns: {
        id: 'message_id',
        cookie: 'anonymous_id',
        user: 'user_id',
        mail: 'email',
        kind: 'event_kind',
        at: 'occurred_at',
      },
    },
    shop: {
      kind: 'orders',
      repeats: 'keep',
      columns: { order: 'order_id', mail: 'email', quantity: 'quantity', price: 'unit_price', at: 'occurred_at' },
    },
  },
}

/** Opens one with three sources: `crm` of people, `web` of events, `shop` of orders. */
export async function openBench(name: string): Promise<Bench> {
  const database = await openMigratedDatabase(name)
  const folder = await mkdtemp(join(tmpdir(), 'onefold-pipeline-'))
  const settings = settingsSchema.parse(DECLARED)
  const context: Context = { ...database.context, settings }
  let files = 0
  return {
    ...database,
    context,
    folder,
    ingest: async (source, csv) => {
      const file = join(folder, `${source}-${(files += 1)}.csv`)
      await writeFile(file, csv)
      const reading = composeReading(settings.sources[source]!, settings, AS_OF)
      return workOffRun(context, (await openIngest(context, source, reading, [file])) as OpenedRun)
    },
    arrive: async (source, csv) => {
      const reading = composeReading(settings.sources[source]!, settings, AS_OF)
      return takeInNow(context, source, reading, { name: `${source}.csv`, bytes: Buffer.from(csv) }, { asOf: AS_OF })
    },
    run: async () => workOffRun(context, await openPath(context, { asOf: AS_OF })),
    apply: async (model) => workOffRun(context, await openPath(context, { asOf: AS_OF, model })),
    close: async () => {
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The clusters as sorted lists of record keys would be nicer, but keys are hashed: sizes, largest first. */
export async function profileSizes(context: Context): Promise<number[]> {
  const rows = await context.store.sql<{ size: number }[]>`
    SELECT count(*) AS size FROM onefold.profile_members GROUP BY profile_id ORDER BY 1 DESC`
  return rows.map((row) => row.size)
}

/** That everything kept holds together, and that resolving the ledger anew gives the same. */
export async function expectVerified({ context }: Bench): Promise<void> {
  const checks = [...(await verify(context)).checks, ...(await verifyRebuild(context))]
  expect(checks.filter(({ broken }) => broken > 0)).toEqual([])
}
