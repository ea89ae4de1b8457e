import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isPostmasterOf } from '../../src/runtime/is-postmaster-of.ts'
import { openPostgres } from '../../src/runtime/open-postgres.ts'
import { readPostmasterPid } from '../../src/runtime/read-postmaster-pid.ts'
import { startHolder } from './start-holder.ts'

// One home for all, with a blank in its path; each test leaves it without a server.
let home: string
let dataFolder: string

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'onefold runtime '))
  // As root the server runs as another user, who must be able to enter.
  await chmod(home, 0o711)
  dataFolder = join(home, 'postgres', 'data')
})

afterAll(async () => {
  await rm(join(home, 'postgres', 'holders'), { recursive: true, force: true })
  await (await openPostgres(home)).release()
  await rm(home, { recursive: true, force: true })
})

async function serverPid(): Promise<number | undefined> {
  const recorded = await readPostmasterPid(dataFolder)
  return recorded !== undefined && (await isPostmasterOf(recorded.pid, dataFolder)) ? recorded.pid : undefined
}

async function ask<T>(address: string | postgres.Options<Record<string, never>>, query: string): Promise<T[]> {
  const sql = typeof address === 'string' ? postgres(address, { max: 1 }) : postgres({ ...address, max: 1 })
  try {
    return (await sql.unsafe(query)) as unknown as T[]
  } finally {
    await sql.end()
  }
}

describe('openPostgres', () => {
  test('[K1] the first call makes both databases in UTF-8, whatever LANG says', async () => {
    const holder = await startHolder(home)
    expect(holder.answer.code).toBeUndefined()
    const rows = await ask<{ name: string }>(
      holder.answer.url!,
      `select datname || ' ' || pg_encoding_to_char(encoding) || ' ' || datlocprovider::text || ' ' || datlocale as name
       from pg_database where datname like 'onefold%' order by 1`,
    )
    expect(rows.map((row) => row.name)).toEqual(['onefold UTF8 b C.UTF-8', 'onefold_queue UTF8 b C.UTF-8'])
    await holder.end()
    expect(await serverPid()).toBeUndefined()
  })

  test('socket and TCP both need the password, which only its owner can read', async () => {
    const handle = await openPostgres(home)
    expect((await stat(join(home, 'postgres', 'password'))).mode & 0o777).toBe(0o600)
    expect((await stat(handle.socketDir)).mode & 0o777).toBe(0o700)
    await expect(ask(handle.ownerConnection('onefold'), 'select 1 as one')).resolves.toEqual([{ one: 1 }])
    await expect(ask(handle.ownerUrl('onefold'), 'select 1 as one')).resolves.toEqual([{ one: 1 }])
    for (const right of [
      handle.ownerConnection('onefold'),
      { ...handle.ownerConnection('onefold'), host: handle.host },
    ]) {
      await expect(ask({ ...right, password: 'wrong' }, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    }
    await handle.release()
  })

  test('its processes run behind those that ask it', async () => {
    const handle = await openPostgres(home)
    const sql = postgres({ ...handle.ownerConnection('onefold'), max: 1 })
    const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    expect(getPriority(backend!.pid)).toBe(Math.min(19, getPriority() + 5))
    // Field 41 of proc_pid_stat(5); 3 is SCHED_BATCH.
    if (existsSync('/usr/bin/chrt')) {
      const told = await readFile(`/proc/${backend!.pid}/stat`, 'utf8')
      expect(told.slice(told.lastIndexOf(')') + 2).split(' ')[38]).toBe('3')
    }
    await sql.end()
    await handle.release()
  })

  test('durability stays on', async () => {
    const handle = await openPostgres(home)
    const rows = await ask<{ setting: string }>(
      handle.ownerUrl('onefold'),
      `select setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`,
    )
    expect(rows.map((row) => row.setting)).toEqual(['on', 'on', 'on'])
    await handle.release()
  })

  test('processes that start at once share one server, and the last to let go stops it', async () => {
    const holders = await Promise.all([startHolder(home), startHolder(home), startHolder(home)])
    const pid = await serverPid()
    expect(new Set(holders.map((holder) => holder.answer.port)).size).toBe(1)
    const log = await readFile(join(home, 'postgres', 'server.log'), 'utf8')
    expect(log).not.toContain('already exists')
    for (const holder of holders) {
      expect(await serverPid()).toBe(pid)
      await holder.end()
    }
    expect(await serverPid()).toBeUndefined()
    expect(await readdir(join(home, 'postgres', 'holders'))).toEqual([])
  })

  test('two handles of one process count twice, and releasing one twice counts once', async () => {
    const first = await openPostgres(home)
    const second = await openPostgres(home)
    await first.release()
    await first.release()
    expect(await serverPid()).toBeDefined()
    await second.release()
    expect(await serverPid()).toBeUndefined()
  })

  test('the server outlives the process that started it while another holds it', async () => {
    const starter = await startHolder(home)
    const other = await startHolder(home)
    const pid = await serverPid()
    await starter.kill()
    await expect(ask(other.answer.url!, 'select 1 as one')).resolves.toEqual([{ one: 1 }])
    expect(await serverPid()).toBe(pid)
    await other.end()
    expect(await serverPid()).toBeUndefined()
  })

  test('[P16] after kill -9 of the only holder the next call adopts the server left behind', async () => {
    const holder = await startHolder(home)
    const pid = await serverPid()
    await holder.kill()
    expect(await serverPid()).toBe(pid)
    const next = await openPostgres(home)
    expect(await serverPid()).toBe(pid)
    await next.release()
    expect(await serverPid()).toBeUndefined()
  })

  test('[P16] after kill -9 of the server the next call has everything committed back within 10 s', async () => {
    const holder = await startHolder(home)
    await ask(holder.answer.url!, 'create table survivors as select generate_series(1, 1000) as number')
    process.kill((await serverPid())!, 'SIGKILL')
    const next = await openPostgres(home, { timeoutMs: 10_000 })
    const rows = await ask<{ count: number }>(next.ownerUrl('onefold'), 'select count(*)::int from survivors')
    expect(rows).toEqual([{ count: 1000 }])
    await holder.end()
    await expect(ask(next.ownerUrl('onefold'), 'drop table survivors')).resolves.toEqual([])
    await next.release()
  })

  test('a stranger who got the id of the dead server stops neither the start nor is stopped', async () => {
    const holder = await startHolder(home)
    const user = process.getuid?.() === 0 ? { uid: 65534 } : {}
    const stranger = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'], ...user })
    const recorded = join(dataFolder, 'postmaster.pid')
    process.kill((await serverPid())!, 'SIGKILL')
    await holder.kill()
    const [, ...rest] = (await readFile(recorded, 'utf8')).split('\n')
    await writeFile(recorded, [stranger.pid, ...rest].join('\n'))
    const next = await openPostgres(home, { timeoutMs: 20_000 })
    await next.release()
    const ended = once(stranger, 'exit')
    stranger.stdin.end()
    expect(await ended).toEqual([0, null])
  })

  test('the log carries no value of a failing statement', async () => {
    const handle = await openPostgres(home)
    const url = handle.ownerUrl('onefold')
    await ask(url, 'create table people (email text primary key)')
    await ask(url, `insert into people values ('marker@example.org')`)
    await expect(ask(url, `insert into people values ('marker@example.org')`)).rejects.toThrow()
    await expect(ask(url, `select 'marker@example.org'::int`)).rejects.toThrow()
    await expect(ask(url, `do $$ begin raise exception 'marker@example.org'; end $$`)).rejects.toThrow()
    await ask(url, 'drop table people')
    await handle.release()
    expect(await readFile(join(home, 'postgres', 'server.log'), 'utf8')).not.toContain('marker')
  })
})
