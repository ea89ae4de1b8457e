import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeExample } from '../../config/compose-example.ts'
import { CONFIG_NAMES } from '../../config/load-settings.ts'
import { OnefoldError } from '../../errors.ts'
import { printLine } from '../output.ts'

export interface InitOptions {
  readonly force?: boolean
}

/**
 * Writes a commented configuration into the current folder. Throws `config.exists` (settings) when there is one and
 * `--force` is not given; a TypeScript configuration is never replaced, because it would hide behind the YAML one.
 */
export async function init(options: InitOptions): Promise<number> {
  const folder = process.cwd()
  const found = CONFIG_NAMES.find((name) => existsSync(join(folder, name)))
  const name = CONFIG_NAMES[0]
  if (found !== undefined && (options.force !== true || found.endsWith('.ts'))) {
    throw new OnefoldError('settings', 'config.exists', `${found} is there already.`, {
      details: { file: found },
      hint: found.endsWith('.ts') ? 'Move it away first.' : 'Add `--force` to replace it.',
    })
  }
  await writeFile(join(folder, found ?? name), composeExample(), { flag: options.force === true ? 'w' : 'wx' })
  printLine(`Written: ${found ?? name}, with every setting and its default.`)
  printLine('\nNext: `onefold ingest NAME FILE --save` to add a source, `onefold doctor` to check this machine.')
  return 0
}
