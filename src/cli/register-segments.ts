import { type Command, Option } from 'commander'
import { parseCount } from './parse-count.ts'
import { parseInstant } from './parse-instant.ts'

/** Adds `onefold features` and `onefold segments …` to the program; `act` turns its results into the exit code. */
export function registerSegments(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  const json = (): Option => new Option('--json', 'print one JSON document instead of text')
  const features = program
    .command('features')
    .summary('list what is computed of each person')
    .description(
      'Lists all features with unit, window and meaning, as rules and the table onefold.features name them; then the cut points and models that the last run scored buyers by, with their error on what was kept apart.',
    )
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold features\n  onefold features --json')
    .action(act(async (options: object) => (await import('./commands/features.ts')).listFeatures(options)))

  features
    .command('export')
    .description(
      'Writes the features and attributes that model_inputs lists, a row a person, missing values imputed and numbers scaled as it says. Every export is written to the audit log.',
    )
    .addOption(new Option('--format <format>', 'csv or JSON Lines').choices(['csv', 'jsonl']).default('csv'))
    .option('--out <file>', 'write to a file instead of stdout')
    .option(
      '--parameters <file>',
      'write as JSON how each column was made: means, cut points, categories, what was imputed',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  onefold features export > matrix.csv\n  onefold features export --format jsonl --out matrix.jsonl --parameters parameters.json',
    )
    .action(
      act(async (options: { format: 'csv' }) =>
        (await import('./commands/export-inputs.ts')).exportModelInputs(options),
      ),
    )

  const segments = program
    .command('segments')
    .summary('list, check, preview and explain segments')
    .description(
      'Lists the segments that come with Onefold and those of the configuration, checks them, explains them.',
    )
    .addHelpText('after', '\nExamples:\n  onefold segments list\n  onefold segments explain recent_buyers crm:1001')

  segments
    .command('list')
    .description('Lists all segments with their sizes, owners and days of review.')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold segments list --json')
    .action(act(async (options: object) => (await import('./commands/segments.ts')).listSegments(options)))

  segments
    .command('lint')
    .description(
      'Checks the segments of the configuration: too many, too small, saying the same, not looked at in time. Exit code 1 when anything is found.',
    )
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold segments lint')
    .action(act(async (options: object) => (await import('./commands/segments.ts')).lint(options)))

  const limit = (): Option => new Option('--limit <n>', 'people shown at most').argParser(parseCount).default(5)

  segments
    .command('preview')
    .description(
      'Judges everybody by a segment as the configuration has it now, and shows some of its people with reasons.',
    )
    .argument('<segment>', 'id of the segment, as listed')
    .addOption(limit())
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  onefold segments preview regulars\n  onefold segments preview regulars --limit 50',
    )
    .action(
      act(async (segment: string, options: { limit: number }) =>
        (await import('./commands/segments.ts')).preview(segment, options),
      ),
    )

  segments
    .command('size')
    .description('Tells how many people a segment has now, and how many it is published to have.')
    .argument('<segment>', 'id of the segment, as listed')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold segments size regulars')
    .action(
      act(async (segment: string, options: object) => (await import('./commands/segments.ts')).size(segment, options)),
    )

  segments
    .command('diff')
    .description('Shows who would enter and leave a segment with the next run. Exit code 1 when anybody would.')
    .argument('<segment>', 'id of the segment, as listed')
    .addOption(limit())
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold segments diff regulars --limit 100')
    .action(
      act(async (segment: string, options: { limit: number }) =>
        (await import('./commands/segments.ts')).diff(segment, options),
      ),
    )

  segments
    .command('movement')
    .description(
      'Shows how many people left and entered each segment between two instants; of one segment also where they went and came from.',
    )
    .argument('[segment]', 'id of the segment, as listed')
    .requiredOption('--since <instant>', 'the first instant: 2026-06-01 or 2026-06-01T12:00:00Z', parseInstant)
    .option('--until <instant>', 'the second instant (default: now)', parseInstant)
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  onefold segments movement --since 2026-06-01\n  onefold segments movement rfm10_at_risk --since 2026-06-01 --until 2026-07-01',
    )
    .action(
      act(async (segment: string | undefined, options: { since: Date }) =>
        (await import('./commands/segments.ts')).movement(segment, options),
      ),
    )

  segments
    .command('explain')
    .description('Tells why somebody is in a segment or not, since when, and until when if nothing happens.')
    .argument('<segment>', 'id of the segment, as listed')
    .argument('<person>', 'profile id, source:key, e-mail, phone or any other identifier')
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  onefold segments explain premium crm:1001\n  onefold segments explain premium prf_… --json',
    )
    .action(
      act(async (segment: string, person: string, options: object) =>
        (await import('./commands/segments.ts')).explain(segment, person, options),
      ),
    )
}
