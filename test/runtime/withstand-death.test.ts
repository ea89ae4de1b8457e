import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainPostgresFailure } from '../../src/runtime/explain-postgres-failure.ts'
import { findLivingHolders } from '../../src/runtime/find-living-holders.ts'
import { findProcessStart } from '../../src/runtime/find-process-start.ts'
import { readPostmasterPid } from '../../src/runtime/read-postmaster-pid.ts'
import { registerHolder } from '../../src/runtime/register-holder.ts'
import { withStartLock } from '../../src/runtime/with-start-lock.ts'

let folder: string
let deadPid: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-death-'))
  const child = spawn('true')
  await once(child, 'exit')
  deadPid = child.pid!
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('withStartLock', () => {
  test('many at once go one by one', async () => {
    const lockFile = join(folder, 'many.lock')
    let inside = 0
    let most = 0
    let entered = 0
    await Promise.all(
      Array.from({ length: 20 }, () =>
        withStartLock(lockFile, 20_000, async () => {
          most = Math.max(most, ++inside)
          entered++
          await new Promise((resolve) => void setImmediate(resolve))
          inside--
        }),
      ),
    )
    expect({ entered, most }).toEqual({ entered: 20, most: 1 })
    expect(await readdir(folder)).not.toContain('many.lock')
  })

  test.for([
    ['of a dead process', () => ({ pid: deadPid, start: '1', token: 'x' })],
    ['of a dead process whose id was given again', () => ({ pid: process.pid, start: '1', token: 'x' })],
  ] as const)('a lock %s is taken over', async ([, owner]) => {
    const lockFile = join(folder, 'stale.lock')
    await writeFile(lockFile, JSON.stringify(owner()))
    expect(await withStartLock(lockFile, 5_000, async () => 'inside')).toBe('inside')
    expect(await readdir(folder)).toEqual([])
  })

  test('a lock that its maker had no time to sign is taken over once it is old', async () => {
    const lockFile = join(folder, 'unsigned.lock')
    await writeFile(lockFile, '')
    await expect(withStartLock(lockFile, 0, async () => 'inside')).rejects.toMatchObject({ code: 'postgres.locked' })
    await utimes(lockFile, new Date(0), new Date(0))
    expect(await withStartLock(lockFile, 5_000, async () => 'inside')).toBe('inside')
  })

  test('the lock of a living process is waited for, then the call gives up with a code', async () => {
    const lockFile = join(folder, 'living.lock')
    await withStartLock(lockFile, 5_000, async () => {
      await expect(withStartLock(lockFile, 0, async () => 'inside')).rejects.toMatchObject({
        code: 'postgres.locked',
        retryable: true,
      })
    })
  })

  test('an error inside frees the lock', async () => {
    const lockFile = join(folder, 'error.lock')
    await expect(withStartLock(lockFile, 0, () => Promise.reject(new Error('inside')))).rejects.toThrowError('inside')
    expect(await withStartLock(lockFile, 0, async () => 'again')).toBe('again')
  })
})

describe('holders', () => {
  test('the dead are forgotten, and so is who only has the id of a holder', async () => {
    const holders = join(folder, 'holders')
    await mkdir(holders)
    await writeFile(join(holders, `${deadPid}-1-aa`), '')
    await writeFile(join(holders, `${process.pid}-1-bb`), '')
    const unregister = await registerHolder(holders)
    expect(await findLivingHolders(holders)).toEqual([process.pid])
    expect(await readdir(holders)).toHaveLength(1)
    await unregister()
    await unregister()
    expect(await findLivingHolders(holders)).toEqual([])
  })

  test('a process keeps its start for life, a dead one has none', async () => {
    expect(await findProcessStart(process.pid)).toMatch(/^\w+$/)
    expect(await findProcessStart(process.pid)).toBe(await findProcessStart(process.pid))
    expect(await findProcessStart(deadPid)).toBeUndefined()
  })

  test.runIf(process.platform === 'linux')('a zombie is dead', async () => {
    // The shell's child ends after `cat` has replaced the shell, and `cat` never asks for it.
    const stdio = ['pipe', 'pipe', 'inherit', 'pipe'] as const
    const parent = spawn('sh', ['-c', '{ read line <&3; } & echo $!; exec cat'], { stdio: [...stdio] })
    const [line] = (await once(parent.stdout!, 'data')) as [Buffer]
    const zombie = Number(line.toString())
    parent.stdin!.write('cat is there')
    await once(parent.stdout!, 'data')
    expect(await findProcessStart(zombie)).toBeDefined()
    ;(parent.stdio[3] as Writable).end()
    await expect.poll(() => findProcessStart(zombie)).toBeUndefined()
    expect(() => process.kill(zombie, 0)).not.toThrow()
    parent.stdin!.end()
    await once(parent, 'exit')
  })
})

describe('readPostmasterPid', () => {
  test('a complete file is read, an unfinished or missing one is no server', async () => {
    const lines = ['4711', '/data', '1750000000', '5433', '/run/my home', '127.0.0.1', '  123  4', 'ready   ', '']
    const file = join(folder, 'postmaster.pid')
    expect(await readPostmasterPid(folder)).toBeUndefined()
    for (const count of [1, 2, 3, 4]) {
      await writeFile(file, lines.slice(0, count).join('\n'))
      expect(await readPostmasterPid(folder)).toBeUndefined()
    }
    await writeFile(file, lines.join('\n'))
    expect(await readPostmasterPid(folder)).toEqual({
      pid: 4711,
      port: 5433,
      socketFolder: '/run/my home',
      status: 'ready',
    })
  })
})

describe('explainPostgresFailure', () => {
  test.for([
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'postgres.no_space'],
    ['FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 9', 'postgres.no_space'],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'postgres.port_taken'],
    ['FATAL:  database files are incompatible with server', 'postgres.foreign_version'],
    ['postgres: error while loading shared libraries: libicui18n.so.60', 'postgres.unsupported_platform'],
    ['initdb: error: could not create directory "/x": Permission denied', 'postgres.permission'],
    ['EROFS: mkdir', 'postgres.permission'],
    ['FATAL:  something new', 'postgres.start_failed'],
  ] as const)('%s', ([output, code]) => {
    expect(explainPostgresFailure(output)).toMatchObject({ code, kind: 'store', hint: expect.stringMatching(/\.$/) })
  })

  test('only what a server says about itself is repeated', () => {
    const { message } = explainPostgresFailure(
      'ERROR:  bad value marker@example.org\nSTATEMENT:  marker\nFATAL:  no memory',
    )
    expect(message).toContain('no memory')
    expect(message).not.toContain('marker')
  })
})
