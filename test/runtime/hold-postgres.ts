/**
 * A program for tests: opens the server of a home in a process of its own, says so in one line of JSON, and
 * releases it when its input ends. Arguments: home, options as JSON.
 */
import { text } from 'node:stream/consumers'
import { OnefoldError } from '../../src/errors.ts'
import { openPostgres, type OpenPostgresOptions } from '../../src/runtime/open-postgres.ts'

const [home = '', options = '{}'] = process.argv.slice(2)
try {
  const handle = await openPostgres(home, JSON.parse(options) as OpenPostgresOptions)
  console.log(JSON.stringify({ url: handle.ownerUrl('onefold'), socketDir: handle.socketDir, port: handle.port }))
  await text(process.stdin)
  await handle.release()
} catch (error) {
  if (!(error instanceof OnefoldError)) throw error
  console.log(JSON.stringify({ code: error.code, message: error.message }))
}
