import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type MemoryPeaks, watchMemory } from './measure-memory.ts'

/** The program as built. */
export const MAIN = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src', 'cli', 'main.js')

/** How a command went. */
export interface CommandRun {
  readonly seconds: number
  readonly memory: MemoryPeaks
  readonly stdout: string
  readonly stderr: string
}

/** Runs `onefold …` as a process of its own in a folder with its own home. Throws when it ends with misuse. */
export async function runOnefold(folder: string, args: readonly string[]): Promise<CommandRun> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...process.env, ONEFOLD_HOME: join(folder, '.onefold'), DATABASE_URL: '', REDIS_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = watchMemory(child.pid ?? 0)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    process.stderr.write(text)
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const seconds = (performance.now() - startedAt) / 1000
  const memory = stop()
  if (code !== 0 && code !== 1) throw new Error(`onefold ${args[0] ?? ''} ended with ${code ?? 'a signal'}`)
  return { seconds: Number(seconds.toFixed(1)), memory, stdout, stderr }
}
