#!/usr/bin/env node
import { Command, Option } from 'commander'
import { parseCount } from './parse-count.ts'
import { registerDedupe } from './register-dedupe.ts'
import { registerEvents } from './register-events.ts'
import { registerExplain } from './register-explain.ts'
import { parseInstant } from './parse-instant.ts'
import { registerKey } from './register-key.ts'
import { registerWebhooks } from './register-webhooks.ts'
import { registerModel } from './register-model.ts'
import { registerPlan } from './register-plan.ts'
import { registerReview } from './register-review.ts'
import { registerSegments } from './register-segments.ts'
import { registerWork } from './register-work.ts'
import { showError } from './show-error.ts'

/** Runs a command and turns its result into the exit code: 0 done, 1 found problems, 2 misuse. */
function act<A extends unknown[]>(perform: (...args: A) => Promise<number>): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      process.exitCode = await perform(...args)
    } catch (error) {
      process.exitCode = showError(error)
    }
  }
}

const json = (): Option => new Option('--json', 'print one JSON document instead of text')

// postgres.js 3.4.9 throws out of a timer when a statement follows on a connection that the server has just closed
// (porsager/postgres#1154), and the statement never settles. Nothing can go on from there; what was leased is taken over.
process.on('uncaughtException', (error) => {
  process.exit(showError(error.stack?.includes('nextWrite') === true ? { code: 'CONNECTION_CLOSED' } : error))
})

// A reader such as `head` may have seen enough; the command goes on to its end, which also lets go of the database.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const program = new Command('onefold')
  .description('Many records, one person: data quality and identity resolution on your own machine.')
  .version('0.1.0')
  .addHelpText(
    'after',
    '\nExamples:\n  onefold demo\n  onefold ingest crm contacts.csv --save && onefold run && onefold status',
  )
  .showHelpAfterError('(add --help for examples)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

program
  .command('ingest')
  .summary('take files in')
  .description('Takes files into the ledger: of a configured source, or of one recognised by its columns.')
  .usage('[options] [SOURCE] FILE…')
  .argument('<files...>', '[SOURCE] FILE…: files, folders or globs; a configured source alone takes its own files')
  .option('--save', 'write the recognised source into onefold.config.yaml')
  .option('--now', 'resolve and publish at once, in one transaction: for one file of up to 1 MiB')
  .addOption(
    new Option('--kind <kind>', 'what the rows are, if it is not recognised').choices(['people', 'orders', 'events']),
  )
  .addOption(json())
  .addHelpText(
    'after',
    '\nExamples:\n  onefold ingest crm contacts.csv --save\n  onefold ingest "exports/*.csv.gz"\n  onefold ingest crm\n  onefold ingest crm new-contact.csv --now',
  )
  .action(
    act(async (names: string[], options: object) => (await import('./commands/ingest.ts')).ingest(names, options)),
  )

registerDedupe(program, act)
registerModel(program, act)
registerPlan(program, act)

program
  .command('run')
  .summary('resolve, compute and publish what is due')
  .description(
    'Walks the main path (keys, compare, cluster, compose, stitch, compute, score, segment, publish) for all that is due.',
  )
  .argument('[stage]', 'stage to start at')
  .option('--as-of <instant>', 'the instant that recency and windows refer to (default: now)', parseInstant)
  .option('--refit', 'learn models, cut points and weights of scores anew, however old they are (`schedules`)')
  .addOption(json())
  .addHelpText(
    'after',
    '\nExamples:\n  onefold run\n  onefold run segment\n  onefold run --refit\n  onefold run --as-of 2026-06-30T12:00:00Z',
  )
  .action(
    act(async (stage: string | undefined, options: object) => (await import('./commands/run.ts')).run(stage, options)),
  )

program
  .command('verify')
  .summary('prove that every row is accounted for')
  .description('Holds the promises of the ledger against what is stored; exit code 1 when one is broken.')
  .option('--state', 'print a hash of each table: equal hashes mean equal states')
  .option('--audit', 'list every finding of the audit log')
  .option('--rebuild', 'also derive clusters and sessions anew from the ledger and compare')
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold verify\n  onefold verify --rebuild --json')
  .action(act(async (options: object) => (await import('./commands/verify.ts')).verify(options)))

program
  .command('profile')
  .summary('show one person')
  .description('Shows one person with the source of every value. That somebody looked is written to the audit log.')
  .argument('<id>', 'profile id, source:key, e-mail, phone or any other identifier')
  .addOption(json())
  .addHelpText(
    'after',
    '\nExamples:\n  onefold profile crm_contacts:20709\n  onefold profile someone@their-domain.net\n  onefold profile p_3f0c… --json',
  )
  .action(act(async (id: string, options: object) => (await import('./commands/profile.ts')).profile(id, options)))

registerExplain(program, act)
registerReview(program, act)
registerSegments(program, act)
registerEvents(program, act)
registerKey(program, act)
registerWebhooks(program, act)

registerWork(program, act)

program
  .command('migrate')
  .summary('bring database and queue up to date')
  .description(
    'Brings database and queue up to date. Every command does so at its start; deployments do it once, first.',
  )
  .addHelpText('after', '\nExamples:\n  DATABASE_URL=postgres://… onefold migrate')
  .action(act(async () => (await import('./commands/migrate.ts')).migrate()))

program
  .command('demo')
  .summary('try everything on invented people')
  .description('Makes a sample of 800 invented people, ingests it, walks the whole path and shows what came out.')
  .argument('[folder]', 'where to put the sample and its home', 'onefold-demo')
  .option('--fresh', 'remove what an earlier demo left in the folder first')
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold demo\n  onefold demo /tmp/onefold --fresh')
  .action(act(async (folder: string, options: object) => (await import('./commands/demo.ts')).demo(folder, options)))

program
  .command('init')
  .summary('write a commented configuration')
  .description(
    'Writes onefold.config.yaml into the current folder: every setting with its default, and example sources.',
  )
  .option('--force', 'replace the one that is there')
  .addHelpText('after', '\nExamples:\n  onefold init')
  .action(act(async (options: object) => (await import('./commands/init.ts')).init(options)))

program
  .command('status')
  .summary('show how everything stands')
  .description(
    'Shows sources and their freshness, ledger, identity, segments and runs; exit code 1 when work is dead or a source is too late.',
  )
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold status\n  onefold status --json')
  .action(act(async (options: object) => (await import('./commands/status.ts')).status(options)))

program
  .command('retry')
  .summary('try again what failed')
  .description('Opens failed runs again where they stopped and works on them; without a run all that failed.')
  .argument('[run]', 'run id, from `onefold status`')
  .option('--detach', 'only ring: workers elsewhere do it')
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold retry\n  onefold retry 019313a2-… --detach')
  .action(
    act(async (run: string | undefined, options: object) => (await import('./commands/retry.ts')).retry(run, options)),
  )

program
  .command('doctor')
  .summary('check this machine')
  .description(
    'Checks Node, home, keys, configuration, database and queue, and says what to do; exit code 1 when something fails.',
  )
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold doctor\n  onefold doctor --json')
  .action(act(async (options: object) => (await import('./commands/doctor.ts')).doctor(options)))

program
  .command('url')
  .summary('print the database address for BI tools')
  .description(
    'Prints the address of the embedded database, for reading onefold_out unless told otherwise; for your own server the SQL that makes a login.',
  )
  .addOption(
    new Option('--role <role>', 'what the login may do').choices(['reader', 'worker', 'owner']).default('reader'),
  )
  .addOption(json())
  .addHelpText(
    'after',
    '\nExamples:\n  psql "$(onefold url)" --command "select * from unified_profiles limit 10"\n  onefold url --json',
  )
  .action(act(async (options: { role: 'reader' }) => (await import('./commands/url.ts')).url(options)))

program
  .command('export')
  .summary('export a table or a segment')
  .description('Exports a table of onefold_out or the members of a segment. Every export is written to the audit log.')
  .argument(
    '<name>',
    'unified_profiles, segments, segment_memberships, score_history, scorings, profile_redirects, change_feed, journeys, or a segment id',
  )
  .addOption(
    new Option('--format <format>', 'CSV, JSON Lines or Parquet').choices(['csv', 'jsonl', 'parquet']).default('csv'),
  )
  .option('--out <file>', 'write to a file instead of stdout')
  .option('--as-of <instant>', 'of a segment: who was in it then', parseInstant)
  .option('--reveal', 'add names, e-mail and phone')
  .option('--raw', 'in CSV leave texts that a spreadsheet would run as formulas')
  .addHelpText(
    'after',
    '\nExamples:\n  onefold export unified_profiles > profiles.csv\n  onefold export rfm3_champions --format jsonl --out champions.jsonl --reveal\n  onefold export rfm3_champions --as-of 2026-06-30T12:00:00Z\n  onefold export unified_profiles --format parquet --out profiles.parquet',
  )
  .action(
    act(async (name: string, options: { format: 'csv' }) =>
      (await import('./commands/export.ts')).exportTable(name, options),
    ),
  )

const quarantine = program
  .command('quarantine')
  .summary('repair rows that are held')
  .description('Shows, corrects and replays rows that were held for repair.')
  .addHelpText('after', '\nExamples:\n  onefold quarantine list\n  onefold quarantine replay --all')

quarantine
  .command('list')
  .description('Lists rows that are held, without their values.')
  .option('--source <name>', 'of one source')
  .option('--limit <n>', 'rows shown (default 50)', parseCount)
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold quarantine list --source crm')
  .action(act(async (options: object) => (await import('./commands/quarantine.ts')).listHeld(options)))

quarantine
  .command('show')
  .description('Shows a held row with its values. That somebody looked is written to the audit log.')
  .argument('<id>', 'DELIVERY:ROW, as `quarantine list` shows it')
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold quarantine show 9f3c21ab:17')
  .action(act(async (id: string, options: object) => (await import('./commands/quarantine.ts')).showHeld(id, options)))

quarantine
  .command('fix')
  .description('Keeps corrected cells with a held row, sealed, until it is replayed. What was received stays.')
  .argument('<id>', 'DELIVERY:ROW')
  .argument('<corrections...>', 'column=value')
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold quarantine fix 9f3c21ab:17 "Birth Date=1984-02-29" Country=GB')
  .action(
    act(async (id: string, corrections: string[], options: object) =>
      (await import('./commands/quarantine.ts')).fixHeld(id, corrections, options),
    ),
  )

quarantine
  .command('replay')
  .description('Assesses held rows again with the present configuration and their corrections.')
  .argument('[ids...]', 'DELIVERY:ROW')
  .option('--all', 'every row that is held')
  .option('--source <name>', 'every row of one source')
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold quarantine replay 9f3c21ab:17\n  onefold quarantine replay --all')
  .action(
    act(async (ids: string[], options: object) =>
      (await import('./commands/quarantine.ts')).replayHeldRows(ids, options),
    ),
  )

await program.parseAsync()
