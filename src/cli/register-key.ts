import { type Command, Option } from 'commander'

/** Adds `onefold key …` to the program; `act` turns its results into the exit code. */
export function registerKey(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  const json = (): Option => new Option('--json', 'print one JSON document instead of text')
  const key = program
    .command('key')
    .summary('let somebody send or ask over HTTP')
    .description(
      'Makes, lists and revokes the keys by which others send events and records to `onefold up`, or ask it.',
    )
    .addHelpText('after', '\nExamples:\n  onefold key create web\n  onefold key list')

  key
    .command('create')
    .description(
      'Makes a key that may write to one source, or read segments, and prints it this once: only a hash is kept.',
    )
    .argument('[source]', 'a source of the configuration')
    .option('--reader <name>', 'whom the key lets ask who is in which segment')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold key create web\n  onefold key create --reader e-mail --json')
    .action(
      act(async (source: string | undefined, options: object) =>
        (await import('./commands/key.ts')).createKey(source, options),
      ),
    )

  key
    .command('list')
    .description('Lists all keys, revoked ones too, the newest first.')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold key list')
    .action(act(async (options: object) => (await import('./commands/key.ts')).listKeys(options)))

  key
    .command('revoke')
    .description('Ends a key; servers refuse it within seconds.')
    .argument('<id>', 'id of the key, as listed')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold key revoke key_0198c2f4-…')
    .action(act(async (id: string, options: object) => (await import('./commands/key.ts')).endKey(id, options)))
}
