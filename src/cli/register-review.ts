import { userInfo } from 'node:os'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'

/** Adds the stewards' verbs to the program: `review …`, `merge`, `unmerge`, `split`, `protect`, `block`. */
export function registerReview(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  const json = (): Option => new Option('--json', 'print one JSON document instead of text')
  const by = (): Option => new Option('--by <name>', 'who decides').default(userInfo().username, 'you')
  const because = (): Option => new Option('--because <reason>', 'why, in your words; kept sealed')
  const replace = (): Option => new Option('--replace', 'in the place of an opposite decision')
  const limit = (): Option => new Option('--limit <n>', 'rows shown').default(50).argParser(parseCount)

  const review = program
    .command('review')
    .summary('decide doubtful pairs')
    .description('Shows pairs that a person should decide and keeps what is decided: it outranks every score.')
    .addHelpText('after', '\nExamples:\n  onefold review list\n  onefold review decide 1b9e3c4d-77aa01ff same')

  review
    .command('list')
    .description('Lists the queue, the strongest pairs first, without values of anybody.')
    .addOption(
      new Option('--reason <reason>', 'of one kind').choices([
        'score',
        'identifier_limit',
        'never_link',
        'cohesion',
        'protection',
      ]),
    )
    .option('--all', 'also what was put off, or is decided and waits for the next run')
    .addOption(limit())
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold review list --reason identifier_limit')
    .action(act(async (options: { limit: number }) => (await import('./commands/review.ts')).listReviews(options)))

  review
    .command('show')
    .description('Shows one pair: every comparison with masked values, and why it is in the queue.')
    .argument('<item>', 'as `review list` shows it')
    .option('--reveal', 'show the values; written to the audit log')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold review show 1b9e3c4d-77aa01ff --reveal')
    .action(
      act(async (item: string, options: object) => (await import('./commands/review.ts')).showReview(item, options)),
    )

  review
    .command('decide')
    .description('Keeps what you say of a pair in the queue. The next run makes it so.')
    .argument('<item>', 'as `review list` shows it')
    .addArgument(
      new Argument('<verdict>', 'one person, two, or to be put off').choices(['same', 'different', 'unsure']),
    )
    .addOption(because())
    .addOption(by())
    .addOption(replace())
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  onefold review decide 1b9e3c4d-77aa01ff same --because "called her"\n  onefold review decide 1b9e3c4d-77aa01ff unsure',
    )
    .action(
      act(async (item: string, verdict: 'same', options: { by: string }) =>
        (await import('./commands/decide.ts')).decideReview(item, verdict, options),
      ),
    )

  review
    .command('decisions')
    .description('Lists what people decided, the newest first; of one record or profile if you name it.')
    .argument('[about]', 'record or profile')
    .option('--reveal', 'show the reasons given; written to the audit log')
    .addOption(limit())
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold review decisions\n  onefold review decisions crm:20709 --reveal')
    .action(
      act(async (about: string | undefined, options: { limit: number }) =>
        (await import('./commands/review.ts')).listPeoplesDecisions(about, options),
      ),
    )

  review
    .command('undo')
    .description('Takes back what was decided at once: the pairs are as they were said to be before.')
    .argument('<decision>', 'dec_…, as `review decisions` shows it')
    .addOption(because())
    .addOption(by())
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold review undo dec_019313a2-…')
    .action(
      act(async (id: string, options: { by: string }) => (await import('./commands/decide.ts')).undo(id, options)),
    )

  const pair = (command: Command): Command =>
    command
      .argument('<a>', 'record or profile: source:key, rec_…, prf_… or an identifier')
      .argument('<b>', 'the other')
      .addOption(because())
      .addOption(by())
      .addOption(replace())
      .addOption(json())

  pair(program.command('merge'))
    .summary('say that two are one person')
    .description('Says that two records or profiles are one person, whatever the score. The next run makes it so.')
    .addHelpText('after', '\nExamples:\n  onefold merge crm:20709 shop:771 --because "same loyalty card"')
    .action(
      act(async (a: string, b: string, options: { by: string }) =>
        (await import('./commands/decide.ts')).decideTwo(a, b, 'same', options),
      ),
    )

  pair(program.command('unmerge'))
    .alias('never-link')
    .summary('say that two are different people, for good')
    .description(
      'Says that two records, in one profile or not, are two people, for good. An old profile id names its earliest record. Other records go where the score puts them; to say more, use `split`. The next run makes it so.',
    )
    .addHelpText('after', '\nExamples:\n  onefold unmerge crm:20709 shop:771\n  onefold never-link prf_3f0c… prf_77aa…')
    .action(
      act(async (a: string, b: string, options: { by: string }) =>
        (await import('./commands/decide.ts')).decideTwo(a, b, 'different', options),
      ),
    )

  program
    .command('split')
    .summary('take records out of a profile')
    .description('Says that some records of a profile are not the person of the others. The next run makes it so.')
    .argument('<profile>', 'profile id, source:key, or an identifier')
    .argument('<records...>', 'records that leave: source:key or rec_…')
    .addOption(because())
    .addOption(by())
    .addOption(replace())
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold split prf_3f0c… crm:20709 shop:771')
    .action(
      act(async (profile: string, records: string[], options: { by: string }) =>
        (await import('./commands/decide.ts')).split(profile, records, options),
      ),
    )

  for (const lift of [false, true]) {
    program
      .command(lift ? 'unprotect' : 'protect')
      .summary(lift ? 'lift a protection' : 'let only people merge a profile with another such')
      .description(
        lift
          ? 'Lifts the protection of a profile; the next run looks at the matches that it held back.'
          : 'Protects a profile: a match with another protected one becomes a review item.',
      )
      .argument('<profile>', 'profile id, source:key, or an identifier')
      .addOption(by())
      .addOption(json())
      .addHelpText('after', `\nExamples:\n  onefold ${lift ? 'un' : ''}protect crm:20709`)
      .action(
        act(async (profile: string, options: { by: string }) =>
          (await import('./commands/protect.ts')).protect(profile, { ...options, lift }),
        ),
      )
    program
      .command(lift ? 'unblock' : 'block')
      .summary(lift ? 'let an identifier link again' : 'let an identifier link nobody')
      .description(
        lift
          ? 'Lets an identifier link again, whatever a count says; whoever carries it is compared again by the next run.'
          : 'Lets an e-mail address, phone number or id link nobody; whoever carries it is compared again by the next run.',
      )
      .argument('<identifier>', 'e-mail, phone number, or an id as its source spells it')
      .addOption(by())
      .addOption(json())
      .addHelpText('after', `\nExamples:\n  onefold ${lift ? 'un' : ''}block info@some-company.net`)
      .action(
        act(async (identifier: string, options: { by: string }) =>
          (await import('./commands/protect.ts')).block(identifier, { ...options, lift }),
        ),
      )
  }
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Write a whole number from 1.')
  return count
}
