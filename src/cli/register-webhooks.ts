import { type Command, Option } from 'commander'

/** Adds `onefold webhooks …` to the program; `act` turns its results into the exit code. */
export function registerWebhooks(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  const webhooks = program
    .command('webhooks')
    .summary('who is told of changes over HTTP')
    .description('Shows how the webhooks of the configuration stand, and sends again what was refused.')
    .addHelpText('after', '\nExamples:\n  onefold webhooks list\n  onefold webhooks secret crm')
  const add = (name: string, description: string, action: (name: string, options: object) => Promise<number>): void => {
    webhooks
      .command(name)
      .description(description)
      .argument('<webhook>', 'a webhook of the configuration')
      .addOption(new Option('--json', 'print one JSON document instead of text'))
      .addHelpText('after', `\nExamples:\n  onefold webhooks ${name} crm`)
      .action(act(action))
  }

  webhooks
    .command('list')
    .description('Lists the webhooks: what each is told of, how much waits, and how the last attempt ended.')
    .addOption(new Option('--json', 'print one JSON document instead of text'))
    .addHelpText('after', '\nExamples:\n  onefold webhooks list')
    .action(act(async (options: object) => (await import('./commands/webhooks.ts')).listWebhooks(options)))
  add('secret', 'Prints the secret by which the receiver checks signatures.', async (name, options) =>
    (await import('./commands/webhooks.ts')).showSecret(name, options),
  )
  add('dead', 'Lists the changes that the receiver refused for good.', async (name, options) =>
    (await import('./commands/webhooks.ts')).listDeadLetters(name, options),
  )
  add('replay', 'Sends what was refused once more; exit code 1 when it is refused again.', async (name, options) =>
    (await import('./commands/webhooks.ts')).replayWebhook(name, options),
  )
  add('resume', 'Has the next attempt made at once, after a receiver was down or gone.', async (name, options) =>
    (await import('./commands/webhooks.ts')).resumeNow(name, options),
  )
}
