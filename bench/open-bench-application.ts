import { join } from 'node:path'
import { readEnvironment } from '../src/config/environment.ts'
import { loadSettings } from '../src/config/load-settings.ts'
import { type Application, openApplication } from '../src/runtime/open-application.ts'

/** Opens the program in this process on the home and configuration of a folder; warnings go to standard error. */
export async function openBenchApplication(folder: string): Promise<Application> {
  const { settings } = await loadSettings(folder)
  const environment = {
    ...readEnvironment(),
    home: join(folder, '.onefold'),
    databaseUrl: undefined,
    masterKey: undefined,
  }
  return openApplication(environment, settings, {
    role: 'bench',
    log: { info: () => {}, warn: (fields, message) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`) },
  })
}
