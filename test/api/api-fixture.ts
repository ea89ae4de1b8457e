import { type ServedApi, serveApi } from '../../src/api/serve-api.ts'
import { settingsSchema } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { createWriteKey } from '../../src/pipeline/key/create-key.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'

/** A server on a database of its own, with a source of events and one of people, and a key to each. */
export interface ApiBench {
  readonly context: Context
  readonly api: ServedApi
  readonly address: string
  readonly webKey: string
  readonly crmKey: string
  /** Posts JSON, or bytes as they are, with a key. */
  post(path: string, body: unknown, options?: PostOptions): Promise<Answer>
  /** What verification finds broken. */
  findBroken(): Promise<readonly unknown[]>
  close(): Promise<void>
}

export interface PostOptions {
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

export async function openApiBench(name: string, change: Partial<Context> = {}): Promise<ApiBench> {
  const database = await openMigratedDatabase(name)
  const context: Context = {
    ...database.context,
    settings: settingsSchema.parse({
      sources: {
        web: { kind: 'events', preset: 'segment-events' },
        till: { kind: 'orders', repeats: 'keep', columns: { id: 'order_id' } },
        crm: { kind: 'people', columns: { id: 'record_key', first: 'given_name', last: 'family_name', mail: 'email' } },
      },
    }),
    ...change,
  }
  const [web, crm] = [await createWriteKey(context, 'web'), await createWriteKey(context, 'crm')]
  const api = await serveApi(context, { host: '127.0.0.1', port: 0 })
  const address = `http://127.0.0.1:${api.port}`
  return {
    context,
    api,
    address,
    webKey: web.key,
    crmKey: crm.key,
    post: async (path, body, { key = web.key, headers = {} } = {}) => {
      const answer = await fetch(`${address}${path}`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`, ...headers },
        body: body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body),
      })
      return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] }
    },
    findBroken: async () => (await verify(context)).checks.filter(({ broken }) => broken > 0),
    close: async () => {
      await api.close()
      await database.drop()
    },
  }
}
