import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { benchBehaviour } from './bench-behaviour.ts'
import { benchEvents } from './bench-events.ts'
import { benchHttp } from './bench-http.ts'
import { benchIncremental } from './bench-incremental.ts'
import { benchIngest } from './bench-ingest.ts'
import { benchQuality } from './bench-quality.ts'
import { benchReads } from './bench-reads.ts'
import { benchRealtime } from './bench-realtime.ts'
import { benchResolve } from './bench-resolve.ts'
import { benchResolveCurve } from './bench-resolve-curve.ts'
import { benchStability } from './bench-stability.ts'

const BENCHES = {
  ingest: benchIngest,
  events: benchEvents,
  behaviour: benchBehaviour,
  http: benchHttp,
  realtime: benchRealtime,
  reads: benchReads,
  resolve: benchResolve,
  'resolve-curve': benchResolveCurve,
  incremental: benchIncremental,
  quality: benchQuality,
  stability: benchStability,
} as const

/** `npm run bench -- [ingest|events|behaviour|http|realtime|reads|resolve|resolve-curve|incremental|quality|stability] [--scale 0.1]`: runs benches side by side with their peer and keeps the result. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: 'string', default: '1' }, 'no-keep': { type: 'boolean', default: false } },
})
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES)
const scale = Number(values.scale)
if (!(scale > 0) || names.some((name) => !Object.hasOwn(BENCHES, name))) {
  process.stderr.write(`usage: npm run bench -- [${Object.keys(BENCHES).join('|')}]… [--scale 0.1] [--no-keep]\n`)
  process.exit(2)
}
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
for (const name of names as (keyof typeof BENCHES)[]) {
  const result = {
    bench: name,
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? '',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    scale,
    ...(await BENCHES[name](scale)),
  }
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  if (values['no-keep']) continue
  await mkdir(join(root, 'bench', 'results'), { recursive: true })
  const file = join(root, 'bench', 'results', `${name}-${scale === 1 ? 'full' : `x${scale}`}.json`)
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`)
}
