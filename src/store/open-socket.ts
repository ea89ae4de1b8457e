import { Socket } from 'node:net'

/** What postgres.js tells of where to connect to. */
interface SocketOptions {
  readonly path?: string | false | undefined
  readonly host: string | readonly string[]
  readonly port: number | readonly number[]
}

/**
 * For the option `socket` of postgres.js 3.4.9, which leaves Nagle's algorithm (RFC 896) on: the end of a COPY then waits
 * for the server's delayed acknowledgement, 40 ms each time over TCP on Linux, when a batch is 50 ms of work. Hosts of
 * an address with several are tried in turns, as postgres.js does.
 */
export function openSocket(): (options: SocketOptions) => Socket {
  let attempt = 0
  return ({ path, host, port }) => {
    const socket = new Socket()
    socket.setNoDelay(true)
    const [hosts, ports] = [[host].flat(), [port].flat()]
    const at = attempt++ % hosts.length
    const to = { host: hosts[at] as string, port: ports[at % ports.length] as number }
    // TLS names whom it expects by this.
    Object.assign(socket, to)
    // By then its listeners are in place, and before its first write, which it puts off likewise.
    setImmediate(() => (typeof path === 'string' ? socket.connect(path) : socket.connect(to)))
    return socket
  }
}
