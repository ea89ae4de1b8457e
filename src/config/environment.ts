import { resolve } from 'node:path'

/** The five variables Onefold reads. Nothing else of the environment matters. */
export interface Environment {
  /** Absolute path of the home folder. */
  readonly home: string
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  readonly masterKey: string | undefined
  readonly logLevel: string
}

/** Whether NO_COLOR forbids colours (no-color.org). */
export function forbidsColour(variables: NodeJS.ProcessEnv = process.env): boolean {
  return (variables['NO_COLOR'] ?? '') !== ''
}

/** Reads ONEFOLD_HOME (default `.onefold`), DATABASE_URL, REDIS_URL, ONEFOLD_MASTER_KEY and ONEFOLD_LOG. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const present = (name: string): string | undefined => variables[name]?.trim() || undefined
  return {
    home: resolve(present('ONEFOLD_HOME') ?? '.onefold'),
    databaseUrl: present('DATABASE_URL'),
    redisUrl: present('REDIS_URL'),
    masterKey: present('ONEFOLD_MASTER_KEY'),
    logLevel: present('ONEFOLD_LOG') ?? 'info',
  }
}
