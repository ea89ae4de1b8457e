import { posix } from 'node:path'
import { maskSource } from './mask-source.ts'
import { type Area, BANS, HOMES, PURE, PURE_CRYPTO, PURE_PACKAGES, REACH, RIM } from './rules.ts'
import { scanImports } from './scan-imports.ts'

export interface Violation {
  readonly rule: 'reach' | 'pure' | 'home' | 'area' | (string & {})
  /** `path:line`. */
  readonly place: string
  readonly because: string
}

const FOLDERS: readonly string[] = [...PURE, ...RIM]

/** The area of a file by its path from the root, with forward slashes; undefined for a folder nobody gave a row. */
export function deriveArea(path: string): Area | undefined {
  if (path === 'src/errors.ts') return 'errors'
  if (path === 'src/sample/write-sample.ts') return 'sampleWriter'
  if (!path.includes('/')) return 'root'
  const [top, folder] = path.split('/')
  const name = top === 'src' ? folder : top
  if (top === 'src' || top === 'jobs') return FOLDERS.includes(name ?? '') ? (name as Area) : undefined
  return top === 'schema' || top === 'bench' || top === 'test' ? top : undefined
}

/** Every breach of `rules.ts` in a set of files (text by path from the root), in the order of the files. */
export function findViolations(files: ReadonlyMap<string, string>): Violation[] {
  return [...files].flatMap(([path, source]) => {
    const area = deriveArea(path)
    if (area === undefined) return [{ rule: 'area', place: `${path}:1`, because: 'this folder has no row in rules.ts' }]
    const masked = maskSource(source)
    const imports = scanImports(source, masked).flatMap(({ specifier, isType, line }) =>
      judgeImport(area, path, specifier, isType).map((breach) => ({ ...breach, place: `${path}:${line}` })),
    )
    return [...imports, ...findWords(area, path, masked)]
  })
}

type Breach = Omit<Violation, 'place'>

function judgeImport(area: Area, path: string, specifier: string | undefined, isType: boolean): Breach[] {
  if (specifier === undefined) {
    return area === 'test' ? [] : [{ rule: 'reach', because: 'what is imported cannot be read here' }]
  }
  return specifier.startsWith('.')
    ? judgeOurs(area, posix.join(posix.dirname(path), specifier), isType)
    : judgePackage(area, specifier, isType)
}

function judgeOurs(area: Area, target: string, isType: boolean): Breach[] {
  const to = deriveArea(target)
  const { values, types = [] } = REACH[area]
  if (to === area || (to !== undefined && (values.includes(to) || (isType && types.includes(to))))) return []
  const asTypes = to !== undefined && types.includes(to) ? ', except types' : ''
  return [{ rule: 'reach', because: `${area} does not import ${to ?? target}${asTypes}` }]
}

function judgePackage(area: Area, specifier: string, isType: boolean): Breach[] {
  const isOneOf = (names: readonly string[]): boolean =>
    names.some((name) => specifier === name || specifier.startsWith(`${name}/`))
  const isPure = (PURE as readonly Area[]).includes(area)
  const isCrypto = specifier === 'node:crypto' && PURE_CRYPTO.includes(area)
  if (isPure && !isCrypto && !isOneOf(PURE_PACKAGES)) {
    return [{ rule: 'pure', because: `${specifier} is not known to be pure` }]
  }
  if (isType || area === 'test' || area === 'bench') return []
  const home = HOMES.find(({ packages }) => isOneOf(packages))
  if (home === undefined || home.areas.includes(area)) return []
  return [{ rule: 'home', because: `${specifier} is imported in ${home.areas.join(', ') || 'no folder'} only` }]
}

function findWords(area: Area, path: string, masked: string): Violation[] {
  return BANS.filter(({ areas }) => areas.includes(area)).flatMap(({ name, words, because }) =>
    [...masked.matchAll(words)].map((match) => ({
      rule: name,
      place: `${path}:${masked.slice(0, match.index).split('\n').length}`,
      because,
    })),
  )
}
