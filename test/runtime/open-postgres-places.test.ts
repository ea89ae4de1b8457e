import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findPostgresBinaries } from '../../src/runtime/find-postgres-binaries.ts'
import { openPostgres } from '../../src/runtime/open-postgres.ts'
import { removeHome } from '../../src/runtime/remove-home.ts'
import { prepareBinaries } from '../../src/runtime/prepare-binaries.ts'
import { runProgram } from '../../src/runtime/run-program.ts'
import { startHolder } from './start-holder.ts'

const NOBODY = 65534
const isRoot = process.getuid?.() === 0

/** A folder for one test, open to the server's user, removed afterwards. */
async function makeFolder(parent: string = tmpdir(), mode = 0o711): Promise<string> {
  const folder = await mkdtemp(join(parent, 'onefold places '))
  await chmod(folder, mode)
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function countDatabases(address: postgres.Options<Record<string, never>> | string): Promise<number | undefined> {
  const sql = typeof address === 'string' ? postgres(address) : postgres(address)
  try {
    return (await sql<{ count: number }[]>`select count(*)::int from pg_database where datname like 'onefold%'`)[0]
      ?.count
  } finally {
    await sql.end()
  }
}

describe('places', () => {
  test('a home with a long path gets a short socket folder, which goes with the server', async () => {
    const home = join(await makeFolder(), 'a'.repeat(100))
    const handle = await openPostgres(home)
    expect(handle.socketDir.startsWith(home)).toBe(false)
    expect((await stat(handle.socketDir)).mode & 0o777).toBe(0o700)
    expect(await countDatabases(handle.ownerConnection('onefold'))).toBe(2)
    await handle.release()
    await expect(stat(handle.socketDir)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('[P16] kill -9 in the middle of the first start leaves nothing that the next start trips over', async () => {
    const home = await makeFolder()
    const folder = join(home, 'postgres')
    const holder = startHolder(home)
    await expect
      .poll(async () => (await readdir(folder).catch(() => [])).join(' '), { interval: 5, timeout: 20_000 })
      .toContain('data-draft-')
    const { pid } = JSON.parse(await readFile(join(folder, 'start.lock'), 'utf8')) as { pid: number }
    process.kill(pid, 'SIGKILL')
    expect((await holder).answer.code).toBe('ended')
    const handle = await openPostgres(home)
    expect(await countDatabases(handle.ownerConnection('onefold'))).toBe(2)
    await handle.release()
    expect((await readdir(folder)).filter((name) => name.startsWith('data-draft-'))).toEqual([])
  })

  test('[P16] a first start that outlived its caller may still write into its draft when the next one removes it', async () => {
    const home = await makeFolder()
    const draft = join(home, 'postgres', 'data-draft-left')
    await mkdir(draft, { recursive: true })
    const writing = `let n = 0; setInterval(() => require('fs').writeFileSync(${JSON.stringify(draft)} + '/' + n++, ''), 1)`
    const orphan = spawn(process.execPath, ['-e', writing], { stdio: 'ignore' })
    onTestFinished(() => void orphan.kill())
    const ended = once(orphan, 'exit')
    await expect.poll(() => readdir(draft), { interval: 5, timeout: 20_000 }).not.toEqual([])
    const handle = await openPostgres(home)
    await handle.release()
    await ended
    expect((await readdir(join(home, 'postgres'))).filter((name) => name.startsWith('data-draft-'))).toEqual([])
  })

  test.runIf(isRoot)(
    'an ordinary user runs it in a home only that user can enter; root may join, and leave it usable',
    async () => {
      const home = await makeFolder(tmpdir(), 0o700)
      await chown(home, NOBODY, NOBODY)
      const user = await startHolder(home, {}, NOBODY)
      expect(user.answer.code).toBeUndefined()
      expect((await stat(join(home, 'postgres'))).mode & 0o777).toBe(0o700)
      expect((await stat(join(home, 'postgres', 'data'))).uid).toBe(NOBODY)
      const root = await openPostgres(home)
      expect(root.port).toBe(user.answer.port)
      await user.end()
      await root.release()
      const again = await openPostgres(home)
      expect(await countDatabases(again.ownerConnection('onefold'))).toBe(2)
      await again.release()
      const last = await startHolder(home, {}, NOBODY)
      expect(last.answer.code).toBeUndefined()
      await last.end()
    },
  )

  test.runIf(isRoot)(
    'root with a closed home keeps the data where the server can reach it, also next time',
    async () => {
      const home = join(await makeFolder(homedir(), 0o700), 'my project')
      const handle = await openPostgres(home)
      const { serverFolder } = JSON.parse(await readFile(join(home, 'postgres', 'location.json'), 'utf8')) as {
        serverFolder: string
      }
      onTestFinished(() => rm(serverFolder, { recursive: true, force: true }))
      expect(serverFolder).toMatch(/^\/var\/lib\/onefold\/home-\w{6}$/)
      expect(await countDatabases(handle.ownerConnection('onefold'))).toBe(2)
      await handle.release()
      const again = await openPostgres(home)
      expect(again.port).toBe(handle.port)
      await again.release()
      // A home that is removed and made again starts with nothing.
      await rm(home, { recursive: true })
      const anew = await openPostgres(home)
      expect(anew.ownerPassword).not.toBe(handle.ownerPassword)
      await anew.release()
      await removeHome(home)
    },
  )
})

describe('programs', () => {
  /** As npm leaves them when install scripts are skipped. */
  async function makeUnlinkedBinaries(folder: string): Promise<{ folder: string; version: string }> {
    const { folder: shipped, version } = findPostgresBinaries()
    const native = join(folder, 'native')
    await cp(shipped, native, { recursive: true, verbatimSymlinks: true })
    for (const entry of await readdir(join(native, 'lib'), { withFileTypes: true })) {
      if (entry.isSymbolicLink()) await unlink(join(native, 'lib', entry.name))
    }
    return { folder: native, version }
  }

  test('missing library links are restored in place', async () => {
    const folder = await makeFolder(tmpdir(), 0o755)
    const binaries = await makeUnlinkedBinaries(folder)
    const broken = await runProgram(join(binaries.folder, 'bin', 'postgres'), ['--version'], {
      user: undefined,
      folder,
    })
    expect(broken.output).toContain('libicu')
    const { postgres: program } = await prepareBinaries(binaries, { user: undefined, cacheFolder: folder })
    expect(program.startsWith(binaries.folder)).toBe(true)
    expect((await runProgram(program, ['--version'], { user: undefined, folder })).output).toContain('(PostgreSQL) 18')
  })

  test.runIf(isRoot)('where links cannot be written, a copy is used', async () => {
    const folder = await makeFolder(tmpdir(), 0o755)
    const binaries = await makeUnlinkedBinaries(folder)
    const home = join(folder, 'home')
    await mkdir(home)
    await chown(home, NOBODY, NOBODY)
    const holder = await startHolder(home, { binaries }, NOBODY)
    expect(holder.answer.code).toBeUndefined()
    await expect(
      stat(join(home, 'postgres', `postgres-${binaries.version}`, 'lib', 'libpq.so.5')),
    ).resolves.toBeDefined()
    await holder.end()
  })

  test.runIf(isRoot)('programs that the server cannot reach are copied, once even when many ask at once', async () => {
    const user = { uid: NOBODY, gid: NOBODY }
    const binaries = await makeUnlinkedBinaries(await makeFolder(homedir(), 0o700))
    const cacheFolder = await makeFolder(tmpdir(), 0o755)
    const prepared = await Promise.all([1, 2].map(() => prepareBinaries(binaries, { user, cacheFolder })))
    expect(await readdir(cacheFolder)).toEqual([`postgres-${binaries.version}`])
    for (const { postgres: program } of prepared) {
      const outcome = await runProgram(program, ['--version'], { user, folder: cacheFolder })
      expect(outcome.output).toContain('(PostgreSQL) 18')
    }
  })

  test('a machine without a package, or without glibc, is told to bring its own server', () => {
    for (const platform of [
      { system: 'linux', cpu: 's390x', hasGlibc: true },
      { system: 'linux', cpu: process.arch, hasGlibc: false },
    ]) {
      expect(() => findPostgresBinaries(platform)).toThrowError(
        expect.objectContaining({
          code: 'postgres.unsupported_platform',
          hint: expect.stringContaining('DATABASE_URL'),
        }),
      )
    }
  })
})

describe('failures', () => {
  // One home for all: each test leaves it sound and without a server.
  let home: string

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'onefold failures '))
    await chmod(home, 0o711)
    await (await openPostgres(home)).release()
  })

  afterAll(() => rm(home, { recursive: true, force: true }))

  test('a port taken since the last start is replaced, the one allowed port is not', async () => {
    const first = await openPostgres(home)
    await first.release()
    const intruder = createServer()
    await new Promise<void>((resolve) => void intruder.listen(first.port, '127.0.0.1', resolve))
    await expect(openPostgres(home, { port: first.port })).rejects.toMatchObject({ code: 'postgres.port_taken' })
    const second = await openPostgres(home)
    expect(second.port).not.toBe(first.port)
    await second.release()
    intruder.close()
    const third = await openPostgres(home)
    expect(third.port).toBe(second.port)
    await third.release()
  })

  test.runIf(isRoot)('another user is told whose home it is', async () => {
    const holder = await startHolder(home, {}, NOBODY)
    expect(holder.answer.code).toBe('postgres.permission')
  })

  test('the data of another major version is refused, not touched', async () => {
    const file = join(home, 'postgres', 'data', 'PG_VERSION')
    const made = await readFile(file, 'utf8')
    onTestFinished(() => writeFile(file, made))
    await writeFile(file, '17\n')
    await expect(openPostgres(home)).rejects.toMatchObject({
      code: 'postgres.foreign_version',
      details: { made: '17' },
    })
    expect(await readFile(file, 'utf8')).toBe('17\n')
  })

  test('a lost password is named as such, with the server running and without', async () => {
    const password = join(home, 'postgres', 'password')
    const handle = await openPostgres(home)
    await rename(password, `${password}.bak`)
    await expect(openPostgres(home)).rejects.toMatchObject({ code: 'postgres.password_lost' })
    await writeFile(password, 'wrong')
    await expect(openPostgres(home)).rejects.toMatchObject({ code: 'postgres.password_lost' })
    await handle.release()
    await expect(openPostgres(home)).rejects.toMatchObject({ code: 'postgres.password_lost' })
    await rename(`${password}.bak`, password)
    await (await openPostgres(home)).release()
  })

  test('a setting that PostgreSQL refuses ends in its own words', async () => {
    await expect(openPostgres(home, { settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
      code: 'postgres.start_failed',
      message: expect.stringContaining('shared_buffers'),
    })
    await (await openPostgres(home)).release()
  })

  test.runIf(isRoot)('a full disk is named as such, at the first start and at a later one', async (context) => {
    const disk = await mkdtemp(join(tmpdir(), 'onefold-disk-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=755', 'tmpfs', disk])
    } catch {
      context.skip('this system lets us mount nothing')
    }
    onTestFinished(async () => {
      execFileSync('umount', ['--lazy', disk])
      await rm(disk, { recursive: true, force: true })
    })
    const small = join(disk, 'home')
    await expect(openPostgres(small)).rejects.toMatchObject({ code: 'postgres.no_space' })
    expect(await readdir(join(small, 'postgres'))).not.toContain('data')
    execFileSync('mount', ['-o', 'remount,size=200m', disk])
    await (await openPostgres(small)).release()
    await writeFile(join(disk, 'ballast'), Buffer.alloc(300_000_000)).catch(() => undefined)
    await expect(openPostgres(small)).rejects.toMatchObject({ code: 'postgres.no_space' })
    await rm(join(disk, 'ballast'))
    await (await openPostgres(small)).release()
  })
})
