import { type Command, Option } from 'commander'

/** Adds `onefold why`, `why-not` and `how` to the program; `act` turns their results into the exit code. */
export function registerExplain(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  const json = (): Option => new Option('--json', 'print one JSON document instead of text')

  program
    .command('why')
    .summary('explain why two records are one person, or not')
    .description(
      'Explains a pair of records: every comparison with masked values, weight and running total, and what was decided. Exit code 1 when judging anew differs from what is stored.',
    )
    .argument('<a>', 'record: source:key, rec_…, or an identifier that it alone carries')
    .argument('<b>', 'record: source:key, rec_…, or an identifier that it alone carries')
    .option('--reveal', 'show the values; written to the audit log')
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  onefold why crm_contacts:20709 crm_contacts:21012\n  onefold why crm:20709 shop:771 --reveal',
    )
    .action(
      act(async (a: string, b: string, options: object) => (await import('./commands/why.ts')).why(a, b, options)),
    )

  program
    .command('why-not')
    .summary('explain why two records were kept apart')
    .description(
      'Tells everything that keeps two records in different profiles: never compared, too few bits, a contradiction, a limit, cohesion, or a person’s decision. Shows no personal values.',
    )
    .argument('<a>', 'record: source:key, rec_…, or an identifier that it alone carries')
    .argument('<b>', 'record: source:key, rec_…, or an identifier that it alone carries')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold why-not crm_contacts:20709 shop:771')
    .action(
      act(async (a: string, b: string, options: object) =>
        (await import('./commands/why-not.ts')).whyNot(a, b, options),
      ),
    )

  program
    .command('how')
    .summary('explain how a profile was built')
    .description(
      'Tells step by step which pair of records brought each record in, the weakest link, and what would leave if it were cut. Exit code 1 when clustering anew differs from what is stored.',
    )
    .argument('<id>', 'profile id, source:key, e-mail, phone or any other identifier')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold how crm_contacts:20709\n  onefold how prf_3f0c… --json')
    .action(act(async (id: string, options: object) => (await import('./commands/how.ts')).how(id, options)))
}
