import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Peaks in MiB while something ran. */
export interface MemoryPeaks {
  /** Resident memory of the Node process. */
  nodeMiB: number
  /** All PostgreSQL processes together: what each has alone, and what they share, code and buffers, once. */
  postgresMiB: number
}

/**
 * Samples a Node process and the PostgreSQL servers of the machine until stopped; 0 where /proc is not there. By the
 * counters of each process: adding up shares page by page (`smaps_rollup`) keeps a core busy for tenths of a second.
 */
export function watchMemory(pid: number, intervalMs = 250): () => MemoryPeaks {
  const peaks: MemoryPeaks = { nodeMiB: 0, postgresMiB: 0 }
  const sample = (): void => {
    peaks.nodeMiB = Math.max(peaks.nodeMiB, readKiB(readText(`/proc/${pid}/status`), 'VmRSS') / 1024)
    const servers = listPostgres().map((id) => readText(`/proc/${id}/status`))
    const own = servers.reduce((sum, status) => sum + readKiB(status, 'RssAnon'), 0)
    const shared = ['RssFile', 'RssShmem'].map((field) =>
      Math.max(0, ...servers.map((status) => readKiB(status, field))),
    )
    peaks.postgresMiB = Math.max(peaks.postgresMiB, shared.reduce((sum, size) => sum + size, own) / 1024)
  }
  const timer = setInterval(sample, intervalMs)
  return () => {
    clearInterval(timer)
    return { nodeMiB: Math.round(peaks.nodeMiB), postgresMiB: Math.round(peaks.postgresMiB) }
  }
}

function listPostgres(): string[] {
  try {
    return readdirSync('/proc').filter((id) => /^\d+$/.test(id) && readText(`/proc/${id}/comm`).startsWith('postgres'))
  } catch {
    return execFileSync('pgrep', ['postgres'], { encoding: 'utf8' }).split('\n').filter(Boolean)
  }
}

function readKiB(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
