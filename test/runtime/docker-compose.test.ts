import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { TEXT_FORMAT } from '../../src/runtime/init-cluster.ts'
import { serverSettings } from '../../src/runtime/server-settings.ts'

interface Service {
  readonly image: string
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly restart: string
  readonly [key: string]: unknown
}

const text = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8')
const compose = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, unknown> }
const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8')

function service(name: string): Service {
  const found = compose.services[name]
  if (found === undefined) throw new Error(`no service ${name}`)
  return found
}

describe('docker-compose.yml', () => {
  test('[K1] has these services and no optional one', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['http', 'migrate', 'postgres', 'valkey', 'worker'])
    expect(compose).not.toHaveProperty('version')
  })

  test('every image is pinned to a major version on Debian', () => {
    expect(service('postgres').image).toBe('postgres:18-bookworm')
    expect(service('valkey').image).toBe('valkey/valkey:8-bookworm')
    expect(dockerfile.match(/^FROM .*$/gm)).toEqual([
      'FROM node:20-bookworm-slim AS build',
      'FROM node:20-bookworm-slim',
    ])
  })

  test('the queue evicts nothing and survives a restart', () => {
    const command = service('valkey').command.join(' ')
    expect(command).toContain('--maxmemory-policy noeviction')
    expect(command).toContain('--appendonly yes')
    expect(service('valkey').volumes).toEqual(['valkey:/data'])
  })

  test('PostgreSQL stores text as the embedded server does, in the folder that version 18 wants', () => {
    for (const flag of TEXT_FORMAT) expect(service('postgres').environment['POSTGRES_INITDB_ARGS']).toContain(flag)
    expect(service('postgres').volumes).toEqual(['postgres:/var/lib/postgresql'])
    expect(Object.keys(compose.volumes).sort()).toEqual(['home', 'postgres', 'valkey'])
  })

  test('workers see the project, read only, and keep the audit anchors in a volume of their own', () => {
    expect(service('worker').volumes).toEqual(['${ONEFOLD_PROJECT:-.}:/project:ro', 'home:/home/node/.onefold'])
    expect(service('worker')['working_dir']).toBe('/project')
  })

  test('PostgreSQL is set as the embedded server where both name a setting, and logs no personal value', () => {
    const ours = serverSettings({})
    const theirs = service('postgres').command.filter((word) => word.startsWith('--'))
    expect(theirs).toEqual(
      expect.arrayContaining(['--log_min_messages=log', '--log_error_verbosity=terse', '--max_connections=200']),
    )
    for (const word of theirs) {
      const [name = '', value] = word.slice(2).split('=')
      expect([name, value]).toEqual([name, ours[name]])
    }
  })

  test('health is asked in a way that cannot be true too early', () => {
    expect(service('postgres').healthcheck?.test.join(' ')).toMatch(/^CMD pg_isready -h 127\.0\.0\.1/)
    expect(service('valkey').healthcheck?.test).toEqual(['CMD', 'valkey-cli', 'ping'])
    expect(service('worker').healthcheck?.test).toEqual(['CMD', 'onefold', 'doctor', '--json'])
  })

  test('workers start after the tables are there, and the migration runs once', () => {
    expect(service('migrate')).toMatchObject({
      command: ['onefold', 'migrate'],
      restart: 'no',
      depends_on: { postgres: { condition: 'service_healthy' } },
    })
    expect(service('worker').depends_on).toEqual({
      postgres: { condition: 'service_healthy' },
      valkey: { condition: 'service_healthy' },
      migrate: { condition: 'service_completed_successfully' },
    })
  })

  test('workers can be many, and end in their own time', () => {
    expect(service('worker')).toMatchObject({ command: ['onefold', 'worker'], init: true, stop_grace_period: '60s' })
    for (const found of Object.values(compose.services)) expect(found).not.toHaveProperty('container_name')
    expect(service('worker')).not.toHaveProperty('ports')
  })

  test('there is no default secret, and nothing is open to the network', () => {
    expect(service('postgres').environment['POSTGRES_PASSWORD']).toMatch(/^\$\{POSTGRES_PASSWORD:\?/)
    for (const name of ['worker', 'migrate', 'http']) {
      expect(service(name).environment['ONEFOLD_MASTER_KEY']).toMatch(/^\$\{ONEFOLD_MASTER_KEY:\?/)
      expect(service(name).environment['DATABASE_URL']).toContain('${POSTGRES_PASSWORD:?')
    }
    for (const [name, found] of Object.entries(compose.services)) {
      if (name !== 'http') expect(found).not.toHaveProperty('ports')
    }
  })

  test('events come in from this machine alone, by a service that waits and ends as workers do', () => {
    const { command, ports, ...rest } = service('http') as unknown as { command: unknown; ports: unknown }
    expect(command).toEqual(['onefold', 'up', '--host', '0.0.0.0', '--port', '7420'])
    expect(ports).toEqual(['127.0.0.1:7420:7420'])
    const { command: _command, ...worker } = service('worker')
    expect(rest).toEqual(worker)
  })
})

describe('Dockerfile', () => {
  test('installs what the lock file says, and runs as an ordinary user', () => {
    expect(dockerfile).toMatch(/^RUN npm ci /m)
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('RUN '))
  })

  test('copies only what is in the repository', () => {
    expect(dockerfile).not.toMatch(/^COPY \. /m)
  })
})
