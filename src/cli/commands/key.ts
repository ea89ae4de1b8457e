import { createWriteKey } from '../../pipeline/key/create-write-key.ts'
import { revokeKey } from '../../pipeline/key/revoke-key.ts'
import { listWriteKeys } from '../../store/key/list-write-keys.ts'
import { withSession } from '../open-session.ts'
import { formatTable, printJson, printLine } from '../output.ts'
import { parseId } from '../parse-id.ts'

interface Options {
  readonly json?: boolean
}

/** Makes a key for a source and prints it, this once. */
export async function createKey(source: string, { json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { keyId, key } = await createWriteKey(context, source)
    if (json === true) printJson({ keyId: `key_${keyId}`, source, key })
    else {
      printLine(`  ${key}\n\nThis key writes to ${source}. It is shown this once: only a hash of it is kept.`)
      printLine(`Send it as the user of basic authentication. \`onefold key revoke key_${keyId}\` ends it.`)
    }
    return 0
  })
}

/** Lists all keys, without what they are. */
export async function listKeys({ json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const keys = await listWriteKeys(context.store.sql)
    if (json === true) printJson(keys.map((key) => ({ ...key, keyId: `key_${key.keyId}` })))
    else if (keys.length === 0) printLine('No keys yet: `onefold key create SOURCE` makes one.')
    else {
      const rows = keys.map(({ keyId, source, createdAt, revokedAt }) => [
        `key_${keyId}`,
        source,
        createdAt.toISOString().slice(0, 16).replace('T', ' '),
        revokedAt === null ? 'in use' : `revoked ${revokedAt.toISOString().slice(0, 16).replace('T', ' ')}`,
      ])
      printLine(formatTable(rows, ['key', 'source', 'made (UTC)', '']))
    }
    return 0
  })
}

/** Ends a key. */
export async function endKey(id: string, { json }: Options): Promise<number> {
  const keyId = parseId(id.replace(/^key_/, ''), 'key')
  return withSession('cli', async ({ context }) => {
    await revokeKey(context, keyId)
    if (json === true) printJson({ keyId: `key_${keyId}`, revoked: true })
    else printLine('  The key is revoked: servers refuse it within seconds.')
    return 0
  })
}
