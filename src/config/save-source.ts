import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { OnefoldError } from '../errors.ts'
import type { DeclaredSettings } from './settings.ts'

/**
 * Adds a source to the project's YAML configuration, comments and order kept; makes the file when there is none.
 * Returns the file. Throws `config.not_yaml` for a TypeScript configuration: that is for people to edit.
 */
export async function saveSource(
  folder: string,
  configFile: string | undefined,
  name: string,
  source: NonNullable<DeclaredSettings['sources']>[string],
): Promise<string> {
  const file = configFile ?? join(folder, 'onefold.config.yaml')
  if (file.endsWith('.ts')) {
    throw new OnefoldError('settings', 'config.not_yaml', 'A TypeScript configuration is not changed by a command.', {
      hint: `Add the source ${name} to it by hand: ${JSON.stringify(source)}`,
    })
  }
  const document = parseDocument(existsSync(file) ? readFileSync(file, 'utf8') : '')
  if (document.contents === null) document.contents = document.createNode({}) as never
  document.setIn(['sources', name], document.createNode(source))
  writeFileSync(file, document.toString())
  return file
}
