import { type Command, Option } from 'commander'

/** Adds `onefold segments …` to the program; `act` turns its results into the exit code. */
export function registerSegments(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  const json = (): Option => new Option('--json', 'print one JSON document instead of text')
  const segments = program
    .command('segments')
    .summary('list, check and explain segments')
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
