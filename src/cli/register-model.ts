import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ModelChoice } from '../store/model/find-applied-model.ts'
import { parseModel } from './parse-model.ts'

/** Adds `onefold model …` to the program; `act` turns its results into the exit code. */
export function registerModel(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  const json = (): Option => new Option('--json', 'print one JSON document instead of text')
  const model = program
    .command('model')
    .summary('learn and show what pairs are judged by')
    .description('Learns from the ledger how much each agreement says, keeps every version, shows and compares them.')
    .addHelpText('after', '\nExamples:\n  onefold model train && onefold plan\n  onefold model show')

  model
    .command('train')
    .description(
      'Learns a model from all records and from what people decided, and keeps it; `onefold plan` tells what it would change, `onefold apply` does it.',
    )
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold model train\n  onefold model train --json')
    .action(act(async (options: object) => (await import('./commands/model.ts')).trainModel(options)))

  model
    .command('evaluate')
    .description(
      'Holds a model against what people decided: precision, recall, what other thresholds would give, and how far its probabilities are right.',
    )
    .argument('[model]', 'version, or `shipped` (default: the one in force)', parseModel)
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold model evaluate\n  onefold model evaluate 2 --json')
    .action(
      act(async (choice: ModelChoice | undefined, options: object) =>
        (await import('./commands/evaluate.ts')).evaluate(choice, options),
      ),
    )

  model
    .command('list')
    .description('Lists all models, the newest first.')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold model list')
    .action(act(async (options: object) => (await import('./commands/model.ts')).listModels(options)))

  model
    .command('show')
    .description('Shows comparisons, levels and weights of a model, without a value of anybody.')
    .argument('[version]', 'version (default: the newest)', parseVersion)
    .option('--reveal', 'print the whole file, with the names it knows to be common; written to the audit log')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold model show\n  onefold model show 3 --json')
    .action(
      act(async (version: number | undefined, options: object) =>
        (await import('./commands/model.ts')).showModel(version, options),
      ),
    )

  model
    .command('diff')
    .description('Shows where two models weigh differently, in bits.')
    .argument('<before>', 'version', parseVersion)
    .argument('<after>', 'version', parseVersion)
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  onefold model diff 1 2')
    .action(
      act(async (before: number, after: number, options: object) =>
        (await import('./commands/model.ts')).diffStoredModels(before, after, options),
      ),
    )

  model
    .command('export')
    .description('Writes a model to a JSON file, common names included; written to the audit log.')
    .argument('<file>', 'where to write it')
    .argument('[version]', 'version (default: the newest)', parseVersion)
    .addOption(
      new Option(
        '--splink <dialect>',
        'as settings of Splink, for the table that `onefold model records` writes',
      ).choices(['duckdb', 'spark']),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  onefold model export model.json\n  onefold model export old.json 1\n  onefold model export settings.json --splink spark',
    )
    .action(
      act(async (file: string, version: number | undefined, options: object) =>
        (await import('./commands/model-files.ts')).exportModel(file, version, options),
      ),
    )

  model
    .command('import')
    .description('Keeps the model of a file as the newest version; `onefold apply` judges by it.')
    .argument('<file>', 'a file that `onefold model export` wrote, or settings that Splink saved')
    .option(
      '--match <probability>',
      'of settings of Splink: from where a pair is a match (default: 0.95)',
      parseProbability,
    )
    .option(
      '--review <probability>',
      'of settings of Splink: from where a person should look (default: 0.5)',
      parseProbability,
    )
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  onefold model import model.json\n  onefold model import splink_model.json --match 0.99 && onefold plan',
    )
    .action(
      act(async (file: string, options: { readonly match?: number; readonly review?: number }) =>
        (await import('./commands/model-files.ts')).importModel(file, options),
      ),
    )

  model
    .command('records')
    .description(
      'Writes all records as they are compared to a CSV file, for an exported model; written to the audit log.',
    )
    .argument('<file>', 'where to write it: it is full of personal values')
    .addHelpText('after', '\nExamples:\n  onefold model records records.csv')
    .action(act(async (file: string) => (await import('./commands/model-files.ts')).exportRecords(file)))
}

function parseVersion(text: string): number {
  const version = Number(text)
  if (!Number.isInteger(version) || version < 1) throw new InvalidArgumentError('Write a whole number from 1.')
  return version
}

function parseProbability(text: string): number {
  const probability = Number(text)
  if (!(probability > 0 && probability < 1)) throw new InvalidArgumentError('Write a number between 0 and 1.')
  return probability
}
