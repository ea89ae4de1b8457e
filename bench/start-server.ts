import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { MAIN, runOnefold } from './run-onefold.ts'

/** `onefold up` as a process of its own. */
export interface BenchServer {
  readonly address: string
  stop(): Promise<void>
}

/** Starts it in a folder with its own home, on a free port; resolves once it is ready. */
export async function startServer(folder: string): Promise<BenchServer> {
  const env = { ...process.env, ONEFOLD_HOME: join(folder, '.onefold'), DATABASE_URL: '', REDIS_URL: '' }
  const server = spawn(process.execPath, [MAIN, 'up', '--port', '0'], {
    ...{ cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] },
  })
  const ended = once(server, 'exit')
  let address = ''
  for await (const line of createInterface({ input: server.stdout })) {
    address = /http:\S+/.exec(line)?.[0] ?? address
    if (line.startsWith('Ready')) break
  }
  return {
    address,
    stop: async () => {
      server.kill('SIGTERM')
      await ended
    },
  }
}

/** `onefold key create …`. */
export async function makeKey(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await runOnefold(folder, ['key', 'create', ...args, '--json'])
  return (JSON.parse(stdout) as { key: string }).key
}
