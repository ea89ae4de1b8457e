#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander'
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

function parseInstant(text: string): Date {
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime())) throw new InvalidArgumentError('Write an ISO 8601 instant: 2026-06-30T12:00:00Z.')
  return instant
}

const program = new Command('onefold')
  .description('Many records, one person: data quality and identity resolution on your own machine.')
  .version('0.1.0')
  .showHelpAfterError('(add --help for examples)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

program
  .command('ingest')
  .summary('take files in')
  .description('Takes files into the ledger: of a configured source, or of one recognised by its columns.')
  .argument('<names...>', '[SOURCE] FILE…: files, folders or globs; a configured source alone takes its own files')
  .option('--save', 'write the recognised source into onefold.config.yaml')
  .addOption(new Option('--kind <kind>', 'what the rows are, if it is not recognised').choices(['people', 'orders', 'events']))
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold ingest crm contacts.csv --save\n  onefold ingest "exports/*.csv.gz"\n  onefold ingest crm')
  .action(act(async (names: string[], options: object) => (await import('./commands/ingest.ts')).ingest(names, options)))

program
  .command('run')
  .summary('resolve, compute and publish what is due')
  .description('Walks the main path (keys, compare, cluster, stitch, compose, compute, score, segment, publish) for all that is due.')
  .argument('[stage]', 'stage to start at')
  .option('--as-of <instant>', 'the instant that recency and windows refer to (default: now)', parseInstant)
  .addOption(json())
  .addHelpText('after', '\nExamples:\n  onefold run\n  onefold run segment\n  onefold run --as-of 2026-06-30T12:00:00Z')
  .action(act(async (stage: string | undefined, options: object) => (await import('./commands/run.ts')).run(stage, options)))

await program.parseAsync()
