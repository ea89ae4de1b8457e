import { type Command, InvalidArgumentError, Option } from 'commander'

/** Adds `onefold events` to the program; `act` turns its results into the exit code. */
export function registerEvents(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  program
    .command('events')
    .summary('what events there are, and what is odd about them')
    .description(
      'Reports a month of events: kinds and names with their use, new and gone ones, days with much less or much more than usual, findings. Exit code 1 when a kind is gone or a day had much less.',
    )
    .option('--month <month>', 'as 2026-06; the month of the newest event by default', parseMonth)
    .addOption(new Option('--json', 'print one JSON document instead of text'))
    .addHelpText('after', '\nExamples:\n  onefold events\n  onefold events --month 2026-06 --json')
    .action(act(async (options: object) => (await import('./commands/events.ts')).events(options)))
}

function parseMonth(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('Write a month as 2026-06.')
  return text
}
