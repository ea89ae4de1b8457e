import { createReadKey, createWriteKey } from '../../pipeline/key/create-key.ts'
import { revokeKey } from '../../pipeline/key/revoke-key.ts'
import { listKeys as loadKeys } from '../../store/key/list-keys.ts'
import { OnefoldError } from '../../errors.ts'
import { withSession } from '../open-session.ts'
import { formatTable, printJson, printLine } from '../output.ts'
import { parseId } from '../parse-id.ts'

interface Options {
  readonly json?: boolean
}

/** Makes a key that writes to a source, or with which a reader asks, and prints it, this once. */
export async function createKey(
  source: string | undefined,
  { reader, json }: Options & { readonly reader?: string },
): Promise<number> {
  if ((source === undefined) === (reader === undefined)) {
    throw new OnefoldError('settings', 'key.no_holder', 'A key writes to a source or is for a reader.', {
      hint: '`onefold key create SOURCE`, or `onefold key create --reader NAME`.',
    })
  }
  return withSession('cli', async ({ context }) => {
    const { keyId, key } =
      source === undefined ? await createReadKey(context, reader ?? '') : await createWriteKey(context, source)
    if (json === true) printJson({ keyId: `key_${keyId}`, ...(source === undefined ? { reader } : { source }), key })
    else {
      const does = source === undefined ? `lets ${reader} ask who is in which segment` : `writes to ${source}`
      printLine(`  ${key}\n\nThis key ${does}. It is shown this once: only a hash of it is kept.`)
      printLine(`Send it as the user of basic authentication. \`onefold key revoke key_${keyId}\` ends it.`)
    }
    return 0
  })
}

/** Lists all keys, without what they are. */
export async function listKeys({ json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const keys = await loadKeys(context.store.sql)
    if (json === true) printJson(keys.map((key) => ({ ...key, keyId: `key_${key.keyId}` })))
    else if (keys.length === 0)
      printLine(
        'No keys yet: `onefold key create SOURCE` makes one to write, `onefold key create --reader NAME` one to read.',
      )
    else {
      const rows = keys.map(({ keyId, kind, holder, createdAt, revokedAt }) => [
        `key_${keyId}`,
        kind,
        holder,
        createdAt.toISOString().slice(0, 16).replace('T', ' '),
        revokedAt === null ? 'in use' : `revoked ${revokedAt.toISOString().slice(0, 16).replace('T', ' ')}`,
      ])
      printLine(formatTable(rows, ['key', 'to', 'source or reader', 'made (UTC)', '']))
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
