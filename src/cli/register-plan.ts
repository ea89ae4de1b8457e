import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseModel } from './parse-model.ts'
import type { ModelChoice } from '../store/model/find-applied-model.ts'

/** Adds `onefold plan` and `onefold apply` to the program; `act` turns their results into the exit code. */
export function registerPlan(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  const json = (): Option => new Option('--json', 'print one JSON document instead of text')

  program
    .command('plan')
    .summary('tell what a model would change')
    .description(
      'Judges everything by another model and by the `identity.identifiers` of the configuration beside what is published, and tells what would merge, split and move, in sum and for each profile. Changes nothing.',
    )
    .argument('[model]', 'version, or `shipped` (default: the newest)', parseModel)
    .option('--limit <n>', 'profiles shown (default 20); --json has all', parseCount)
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold model train && onefold plan\n  onefold plan shipped --json')
    .action(
      act(async (model: ModelChoice | undefined, options: object) =>
        (await import('./commands/plan.ts')).plan(model, options),
      ),
    )

  program
    .command('apply')
    .summary('judge by another model from now on')
    .description(
      'Judges everything by another model and by the `identity.identifiers` of the configuration, walks the path and publishes the result at once. Applying the model of before goes back.',
    )
    .argument('[model]', 'version, or `shipped` (default: the newest)', parseModel)
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold apply\n  onefold apply 3\n  onefold apply shipped')
    .action(
      act(async (model: ModelChoice | undefined, options: object) =>
        (await import('./commands/apply.ts')).apply(model, options),
      ),
    )
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Write a whole number from 1.')
  return count
}
