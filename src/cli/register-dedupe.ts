import { type Command, Option } from 'commander'

/** Adds `onefold dedupe` to the program; `act` turns its result into the exit code. */
export function registerDedupe(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  program
    .command('dedupe')
    .summary('find out who is who in files')
    .description(
      'Finds the rows that are one person, in one file or across several, without database, configuration or labels.',
    )
    .argument('<files...>', 'CSV, JSON Lines or JSON, plain or gzip')
    .option('--out <file>', 'where to write record_id,cluster (default: stdout)')
    .option('--link-only', 'compare rows of different files only')
    .option('--report <file>', 'report.html or report.json: columns, rules, weights, scores, doubtful pairs')
    .option('--model <file>', 'use this model, or train one and write it there if there is none')
    .option('--truth <column>', 'column with the true answer: hidden from the engine, used to measure it')
    .option('--ignore <column>', 'column to hide from the engine; may be repeated', collect)
    .addOption(new Option('--json', 'print the report as one JSON document; clusters then need --out'))
    .addHelpText(
      'after',
      '\nExamples:\n  onefold dedupe contacts.csv --out clusters.csv\n  onefold dedupe crm.csv shop.csv --link-only --out links.csv\n  onefold dedupe people.csv --truth entity --report report.html --out clusters.csv\n  onefold dedupe new.csv --model model.json --ignore comment --out clusters.csv',
    )
    .action(
      act(async (files: string[], options: object) => (await import('./commands/dedupe.ts')).dedupe(files, options)),
    )
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}
