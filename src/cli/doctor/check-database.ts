import type { Environment } from '../../config/environment.ts'
import { OnefoldError } from '../../errors.ts'
import { deriveKeyring } from '../../privacy/derive-keyring.ts'
import { keyedHash } from '../../privacy/keyed-hash.ts'
import { loadMasterKey } from '../../runtime/load-master-key.ts'
import { measureClockSkew } from '../../store/measure-clock-skew.ts'
import { type DatabaseAddress, openStore, type Sql } from '../../store/open-store.ts'
import { findKeyMark } from '../../store/status/find-key-mark.ts'
import { inspectRole } from '../../store/status/inspect-role.ts'
import { inspectSchema } from '../../store/status/inspect-schema.ts'
import { loadDatabaseFacts } from '../../store/status/load-database-facts.ts'
import { translateError } from '../../store/translate-error.ts'
import type { Finding } from './finding.ts'

/** Versions of PostgreSQL that are tested. */
const VERSIONS = { from: 15, to: 18 } as const
/** A worker refuses to start beyond the second one. */
const SKEW_MS = { warn: 250, fail: 1_000 } as const

/** What the database itself can say: version, schema, role, clock, and whose key it was filled under. Reads only. */
export async function checkDatabase(
  environment: Environment,
  address: DatabaseAddress,
  hasKey: boolean,
): Promise<Finding[]> {
  const store = openStore(address, { max: 1, name: 'onefold doctor' })
  try {
    const { version, versionNumber } = await loadDatabaseFacts(store.sql)
    const major = Math.floor(versionNumber / 10_000)
    const isKnown = major >= VERSIONS.from && major <= VERSIONS.to
    const range = `${VERSIONS.from} to ${VERSIONS.to}`
    const isOld = major < VERSIONS.from
    return [
      isKnown
        ? { check: 'database', verdict: 'ok', message: `PostgreSQL ${version}` }
        : {
            check: 'database',
            verdict: isOld ? 'fail' : 'warn',
            message: `PostgreSQL ${version} is not one of ${range}`,
            next: `Use PostgreSQL ${range}.`,
          },
      await checkSchema(store.sql),
      await checkRole(store.sql),
      await checkClock(store.sql),
      ...(hasKey ? [await checkMark(environment, store.sql)] : []),
    ]
  } catch (failure) {
    const { message, code, hint } = translateError(failure)
    return [
      {
        check: 'database',
        verdict: 'fail',
        message: `${message} [${code}]`,
        next: hint ?? 'Check that the server runs and DATABASE_URL leads to it.',
      },
    ]
  } finally {
    await store.close()
  }
}

async function checkSchema(sql: Sql): Promise<Finding> {
  const check = 'schema'
  const { pending, unknown } = await inspectSchema(sql)
  if (unknown > 0)
    return {
      check,
      verdict: 'fail',
      message: `${unknown} migrations are of a later release`,
      next: 'Install the release that this database was filled by.',
    }
  if (pending.length > 0)
    return { check, verdict: 'fail', message: `${pending.length} migrations are pending`, next: '`onefold migrate`' }
  return { check, verdict: 'ok', message: 'up to date' }
}

async function checkRole(sql: Sql): Promise<Finding> {
  const check = 'role'
  const role = 'onefold_worker'
  const state = await inspectRole(sql, role)
  if (state === 'usable') return { check, verdict: 'ok', message: `${role} is usable` }
  return state === 'missing'
    ? {
        check,
        verdict: 'warn',
        message: `There is no role ${role}: work is done with the owner's rights`,
        next: `CREATE ROLE ${role} NOLOGIN; then \`onefold migrate\` on a new database`,
      }
    : {
        check,
        verdict: 'warn',
        message: `The user of DATABASE_URL may not take on ${role}`,
        next: `GRANT ${role} TO that user`,
      }
}

async function checkClock(sql: Sql): Promise<Finding> {
  const check = 'clock'
  const skewMs = Math.round(await measureClockSkew(sql, () => new Date()))
  const message = `${Math.abs(skewMs)} ms ${skewMs < 0 ? 'behind' : 'ahead of'} the database`
  if (Math.abs(skewMs) > SKEW_MS.fail)
    return { check, verdict: 'fail', message, next: 'Set the clock: `timedatectl set-ntp true`.' }
  if (Math.abs(skewMs) > SKEW_MS.warn)
    return { check, verdict: 'warn', message, next: 'Let the clock be kept: `timedatectl set-ntp true`.' }
  return { check, verdict: 'ok', message }
}

async function checkMark(environment: Environment, sql: Sql): Promise<Finding> {
  const check = 'key of database'
  const mark = await findKeyMark(sql)
  if (mark === undefined) return { check, verdict: 'ok', message: 'nothing is sealed yet' }
  const loaded = await loadMasterKey(environment.home, environment.masterKey).catch(translateError)
  if (loaded instanceof OnefoldError)
    return {
      check,
      verdict: 'fail',
      message: loaded.message,
      ...(loaded.hint === undefined ? {} : { next: loaded.hint }),
    }
  return mark.equals(keyedHash(deriveKeyring(loaded.key).audit, 'onefold installation'))
    ? { check, verdict: 'ok', message: "the master key is this database's" }
    : {
        check,
        verdict: 'fail',
        message: 'The database was filled under another master key',
        next: 'Restore its `master.key`, or set ONEFOLD_MASTER_KEY to it.',
      }
}
