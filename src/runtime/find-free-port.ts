import { createServer } from 'node:net'

/**
 * A TCP port of 127.0.0.1 that nobody listens on: `wanted` if it is free, any free one when `wanted` is 0,
 * `undefined` when `wanted` is taken. Free now is not free for ever: whoever binds it must expect to lose it.
 */
export function findFreePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined))
    })
  })
}
