import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgres, type PostgresHandle } from '../../src/runtime/open-postgres.ts'
import { TEST_SETTINGS } from '../support/postgres-fixture.ts'
import { runCli } from './run-cli.ts'

export const CONFIGURATION = `
sources:
  crm:
    kind: people
    columns: { Id: record_key, First: given_name, Last: family_name, Email: email, Phone: phone }
    contract: { freshness: { warn_after: 26h, error_after: 2d } }
    rules: [{ code: email.invalid, severity: quarantine }]
`
export const PEOPLE = `Id,First,Last,Email,Phone
1,Ina,Fell,ina.fell@brightmail.co.uk,+44 7911 123456
2,=Bo,Moss,bo.moss@brightmail.co.uk,
3,Cleo,Fern,cleo.fern(at)brightmail.co.uk,
`

/** A home with three people, one of them held, after a run; its server runs until it is closed. */
export interface CliBench {
  readonly folder: string
  readonly home: string
  readonly server: PostgresHandle
  readonly run: (...args: string[]) => ReturnType<typeof runCli>
  close(): Promise<void>
}

export async function openCliBench(): Promise<CliBench> {
  const folder = await mkdtemp(join(tmpdir(), 'onefold-cli-'))
  const home = join(folder, 'home')
  await mkdir(home, { mode: 0o711 })
  // As root the server runs as another user, who must be able to enter.
  await chmod(folder, 0o711)
  // Held for the whole file, so that no command has to start it.
  const server = await openPostgres(home, { settings: TEST_SETTINGS })
  await writeFile(join(folder, 'onefold.config.yaml'), CONFIGURATION)
  await writeFile(join(folder, 'people.csv'), PEOPLE)
  const run: CliBench['run'] = (...args) => runCli(folder, args)
  const [ingested, walked] = [await run('ingest', 'crm', 'people.csv'), await run('run')]
  if (ingested.code !== 1 || walked.code !== 0) throw new Error('the people were not taken in')
  return {
    folder,
    home,
    server,
    run,
    close: async () => {
      await server.release()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
