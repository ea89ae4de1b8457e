import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { OnefoldError } from '../errors.ts'
import { matchGlob } from './match-glob.ts'

/**
 * The files a source names: one file, the regular files of a folder (not of its subfolders, hidden ones left out),
 * or what fits a glob of `*`, `?` and `**`. Sorted by code units, so that every machine reads in the same order.
 * A name that exists is taken literally even when it holds a star. Throws `source.no_file` when there is none.
 */
export async function findFiles(pattern: string): Promise<string[]> {
  const place = await stat(pattern).catch(() => undefined)
  if (place?.isFile() === true) return [pattern]
  if (place?.isDirectory() === true) {
    const files = await listFolder(pattern, (name) => !name.startsWith('.'))
    return files.length > 0 ? files : refuse(pattern, 'The folder holds no files.')
  }
  if (!/[*?]/.test(pattern)) return refuse(pattern, 'There is no such file.')

  const segments = pattern.split('/')
  const fixed = segments.findIndex((segment) => /[*?]/.test(segment))
  const root = segments.slice(0, fixed).join('/')
  const rest = segments.slice(fixed)
  const depth = rest.includes('**') ? Number.POSITIVE_INFINITY : rest.length
  const start = root === '' ? (pattern.startsWith('/') ? '/' : '.') : root
  const found = await walkFolder(start, '', depth)
  const files = found.filter((path) => matchGlob(rest.join('/'), path))
  const full = files.map((path) => (start === '.' && root === '' ? path : join(start, path)))
  return full.length > 0 ? full.sort(byCodeUnits) : refuse(pattern, 'No file fits the pattern.')
}

async function listFolder(folder: string, fits: (name: string) => boolean): Promise<string[]> {
  const entries = await readdir(folder)
  const paths = entries.filter(fits).map((name) => join(folder, name))
  const files: string[] = []
  for (const path of paths) if ((await stat(path).catch(() => undefined))?.isFile() === true) files.push(path)
  return files.sort(byCodeUnits)
}

/** Regular files below a folder, relative to it. Links to folders are not followed, so there are no cycles. */
async function walkFolder(root: string, below: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => [])
  const files: string[] = []
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) {
      if (depth > 1) files.push(...(await walkFolder(root, path, depth - 1)))
    } else if (entry.isFile() || (await stat(join(root, path)).catch(() => undefined))?.isFile() === true) {
      files.push(path)
    }
  }
  return files
}

function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function refuse(pattern: string, message: string): never {
  throw new OnefoldError('payload', 'source.no_file', message, {
    details: { file: pattern },
    hint: 'Name a file, a folder or a pattern such as data/*.csv, seen from where Onefold is started.',
  })
}
