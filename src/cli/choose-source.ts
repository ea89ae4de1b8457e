import { SOURCE_NAME } from '../config/settings.ts'
import { OnefoldError } from '../errors.ts'

/** Whose rows come from where. `source` is left out when it is to be named after the first file. */
export interface SourceChoice {
  readonly source?: string
  /** Files, folders or globs; empty when the source takes the files of its own configuration. */
  readonly patterns: readonly string[]
}

export interface KnownNames {
  readonly configured: readonly string[]
  /** Whether a file or folder of that name exists. */
  readonly isPath: (name: string) => boolean
}

/**
 * Tells source and files of `onefold ingest [SOURCE] FILE…` apart. A configured source wins over a file of its name;
 * a file or folder that exists wins over a new source. Throws `source.unknown` for what can only be a misspelt source.
 */
export function chooseSource(names: readonly string[], { configured, isPath }: KnownNames): SourceChoice {
  const [first = '', ...others] = names
  if (configured.includes(first)) return { source: first, patterns: others }
  if (!SOURCE_NAME.test(first) || isPath(first)) return { patterns: names }
  if (others.length > 0) return { source: first, patterns: others }
  throw new OnefoldError('settings', 'source.unknown', `${first} is neither a configured source nor a file.`, {
    hint:
      configured.length === 0
        ? `Name its files: \`onefold ingest ${first} FILE… --save\` makes it a source.`
        : `Configured are ${configured.join(', ')}; \`onefold ingest ${first} FILE… --save\` makes a new one.`,
  })
}
