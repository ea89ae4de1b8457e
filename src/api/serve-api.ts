import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { OnefoldError } from '../errors.ts'
import type { Context } from '../pipeline/context.ts'
import { openIntake } from '../pipeline/intake/open-intake.ts'
import { openApi } from './open-api.ts'

/** What a sender gets to finish its request when the server stops. */
const GRACE_MS = 3_000
/**
 * A connection is kept for so long between requests: longer than those in front of it do (60 s: nginx, load balancers of the
 * clouds), or they send into one that is just being closed.
 */
const KEEP_ALIVE_MS = 75_000

/** A server that answers. */
export interface ServedApi {
  readonly host: string
  readonly port: number
  /** Answers what it has begun, takes nothing new, and lets go of the port. */
  close(): Promise<void>
}

/** Serves the HTTP interface; port 0 is any free one. Throws `http.port_taken` (settings). */
export async function serveApi(
  context: Context,
  where: { readonly host: string; readonly port: number },
): Promise<ServedApi> {
  const intake = openIntake(context)
  const closing = new AbortController()
  const app = openApi(context, intake, closing.signal)
  // Who is told to come back must not hold a connection that is about to go.
  const server = createAdaptorServer({
    fetch: async (request) => {
      const answer = await app.fetch(request)
      if (closing.signal.aborted) answer.headers.set('connection', 'close')
      return answer
    },
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
  })
  try {
    server.listen(where.port, where.host)
    await once(server, 'listening')
  } catch (failure) {
    const reason = (failure as NodeJS.ErrnoException).code ?? 'unknown'
    throw new OnefoldError('settings', 'http.port_taken', 'The HTTP interface cannot be served there.', {
      details: { host: where.host, port: where.port, reason },
      hint: 'Name another port: `http.port` in the configuration, or `--port`.',
      cause: failure,
    })
  }
  return {
    host: where.host,
    port: (server.address() as AddressInfo).port,
    close: async () => {
      closing.abort()
      const closed = once(server, 'close')
      server.close()
      await intake.close()
      // What is taken is written; who has not sent a whole request by now will have to send it again.
      const end = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), GRACE_MS)
      await closed
      clearTimeout(end)
    },
  }
}
