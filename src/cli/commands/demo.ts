import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { stringify } from 'yaml'
import type { DeclaredSettings } from '../../config/settings.ts'
import { OnefoldError } from '../../errors.ts'
import { composeReading } from '../../pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../pipeline/ingest/open-ingest.ts'
import { explainRecords } from '../../pipeline/look/explain-records.ts'
import { openProfile } from '../../pipeline/look/open-profile.ts'
import { openPath } from '../../pipeline/open-path.ts'
import { removeHome } from '../../runtime/remove-home.ts'
import { writeSample } from '../../sample/write-sample.ts'
import { findShowcase } from '../../store/profile/find-showcase.ts'
import { loadSummary, type Summary } from '../../store/profile/load-summary.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'
import { workOff } from '../work-off.ts'
import { printProfile } from './profile.ts'
import { printExplanation } from './why.ts'

/** How the sample's five files are declared: what a person would write after `onefold ingest … --save`. */
const CONFIGURATION: DeclaredSettings = {
  region: 'GB',
  events: { campaigns: ['brand', 'garden-week', 'summer-2026'] },
  sources: {
    crm: { kind: 'people', preset: 'hubspot-contacts', files: 'sample/crm-contacts.csv', trust: 0.9 },
    shop: {
      kind: 'orders',
      preset: 'shopify-orders',
      files: 'sample/shop-orders.csv',
      columns: { 'Customer ID': 'customer_id' },
      trust: 0.8,
    },
    web: { kind: 'events', preset: 'segment-events', files: 'sample/web-events.jsonl', trust: 0.6 },
    append: {
      kind: 'people',
      files: 'sample/third-party-append.csv',
      columns: {
        Email: 'email',
        FirstName: 'given_name',
        LastName: 'family_name',
        BirthYear: 'birth_date',
        Gender: 'sex',
        City: 'city',
        Postcode: 'postcode',
      },
      trust: 0.3,
    },
    tickets: {
      kind: 'people',
      preset: 'zendesk-tickets',
      files: 'sample/support-tickets.jsonl',
      columns: {
        ticket_id: 'record_key',
        requester_name: 'full_name',
        requester_email: 'email',
        requester_phone: 'phone',
        created_at: 'updated_at',
      },
    },
  },
}

const SEED = 1

/** Makes the sample, takes it in, walks the path, and shows what came out of it. All figures come from the database. */
export async function demo(
  target: string,
  options: { readonly fresh?: boolean; readonly json?: boolean },
): Promise<number> {
  const startedAt = performance.now()
  const folder = resolve(target)
  await prepareFolder(folder, options.fresh === true)
  process.chdir(folder)
  if (options.json !== true) printLine(`Inventing 800 people into ${join(folder, 'sample')} …`)
  const sample = await writeSample('sample', { seed: SEED })
  await writeFile(
    'onefold.config.yaml',
    `# The sources of the demo. \`onefold init\` shows every setting.\n${stringify(CONFIGURATION)}`,
  )
  return withSession(
    'cli',
    async (session) => {
      const { context } = session
      const say = (text: string): void => void (options.json === true || printLine(text))
      say('Taking five sources in, resolving, stitching, composing, publishing …')
      const ingests = Object.entries(session.loaded.settings.sources).map(([name, source]) => () => {
        const reading = composeReading(source, session.loaded.settings, sample.asOf)
        return openIngest(context, name, reading, [source.files as string])
      })
      const runs = await workOff(session, ...ingests, () => openPath(context, { asOf: sample.asOf }))
      const failed = runs.find((run) => run.state !== 'done')
      if (failed !== undefined || runs.length <= ingests.length) {
        say(
          paint(
            'red',
            `The demo stopped at ${failed?.stages[0] ?? 'the start'}: ${failed?.errorCode ?? 'interrupted'}`,
          ),
        )
        return 1
      }
      const summary = await loadSummary(context.store.sql)
      const showcase = await findShowcase(context.store.sql)
      const seconds = (performance.now() - startedAt) / 1000
      if (options.json === true) {
        printJson({ folder, seconds: Number(seconds.toFixed(1)), summary, showcase })
        return 0
      }
      printSummary(summary)
      if (showcase.profileId !== undefined) {
        printLine(paint('bold', '\nOne person, and where every value comes from'))
        printProfile(await openProfile(context, showcase.profileId))
      }
      if (showcase.pair !== undefined) {
        printLine(paint('bold', '\nWhy were these merged?'))
        printExplanation(await explainRecords(context, `rec_${showcase.pair.a}`, `rec_${showcase.pair.b}`))
      }
      printLine(`\nDone in ${seconds.toFixed(0)} s. Type next:`)
      const isInstalled = basename(process.argv[1] ?? '') === 'onefold'
      if (!isInstalled) printLine(`  alias onefold='node "${process.argv[1]}"'`)
      printLine(`  cd '${folder}'`)
      printLine('  onefold status')
      printLine(`  onefold profile prf_${showcase.profileId ?? ''}`)
      printLine('  onefold quarantine list')
      printLine('  onefold verify --rebuild')
      printLine('  onefold export unified_profiles --format csv')
      return 0
    },
    { quiet: true, home: join(folder, '.onefold') },
  )
}

async function prepareFolder(folder: string, fresh: boolean): Promise<void> {
  const isDemo = existsSync(join(folder, 'sample', 'truth.csv'))
  if (fresh && isDemo) await removeHome(join(folder, '.onefold'))
  await mkdir(folder, { recursive: true })
  const others = (await readdir(folder)).filter((name) => !['sample', '.onefold', 'onefold.config.yaml'].includes(name))
  if (others.length > 0 && !isDemo) {
    throw new OnefoldError('settings', 'demo.folder_in_use', 'The folder holds other files.', {
      hint: 'Name an empty or a new folder: `onefold demo my-demo`.',
    })
  }
}

function printSummary(summary: Summary): void {
  printLine(paint('bold', '\nWhere each row ended'))
  printLine(
    formatTable(
      summary.sources.map((row) => [
        row.source,
        row.received,
        row.accepted,
        row.duplicate,
        row.quarantined,
        row.rejected,
      ]),
      ['source', 'received', 'accepted', 'duplicate', 'quarantined', 'rejected'],
    ),
  )
  printLine(paint('bold', '\nMany records, one person'))
  const count = (rows: readonly { readonly open: number }[]): number => rows.reduce((sum, row) => sum + row.open, 0)
  printLine(
    formatTable([
      ['descriptions of people', summary.records],
      ['people', summary.profiles],
      ['descriptions merged into others', summary.merged],
      ...summary.judgedBy.map(({ because, matches }) => [`pairs matched by ${because.replaceAll('_', ' ')}`, matches]),
      ['events', summary.events],
      ['sessions', summary.sessions],
      ['pairs for a person to review', count(summary.reviews)],
    ]),
  )
  printLine(paint('bold', '\nReview queue'))
  printLine(
    formatTable(
      summary.reviews.map(({ reason, open }) => [reason.replaceAll('_', ' '), open]),
      ['reason', 'open'],
    ),
  )
  printLine(
    formatTable(
      summary.topReviews.map(({ a, b, reason, weightBits }) => [
        `rec_${a}`,
        `rec_${b}`,
        reason,
        `${formatNumber(weightBits)} bits`,
      ]),
    ),
  )
  printLine(paint('bold', '\nSegments'))
  printLine(
    formatTable(
      summary.segments.filter(({ members }) => members > 0).map(({ segmentId, members }) => [segmentId, members]),
      ['segment', 'people'],
    ),
  )
}
