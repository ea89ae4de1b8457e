import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Peaks in MiB while something ran. */
export interface MemoryPeaks {
  /** Resident memory of the Node process. */
  nodeMiB: number
  /** Proportional share of all PostgreSQL processes together: shared buffers count once. */
  postgresMiB: number
}

/** Samples a Node process and the PostgreSQL servers of a data folder until stopped; 0 where /proc is not there. */
export function watchMemory(pid: number, intervalMs = 250): () => MemoryPeaks {
  const peaks: MemoryPeaks = { nodeMiB: 0, postgresMiB: 0 }
  const sample = (): void => {
    peaks.nodeMiB = Math.max(peaks.nodeMiB, readKiB(`/proc/${pid}/status`, 'VmRSS') / 1024)
    const postgres = listPostgres().reduce((sum, id) => sum + readKiB(`/proc/${id}/smaps_rollup`, 'Pss'), 0)
    peaks.postgresMiB = Math.max(peaks.postgresMiB, postgres / 1024)
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

function readKiB(file: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readText(file))?.[1] ?? 0)
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
