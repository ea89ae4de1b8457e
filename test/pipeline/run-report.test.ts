import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadRunReport } from '../../src/pipeline/quality/load-run-report.ts'
import { hintForFinding } from '../../src/quality/hint-for-finding.ts'
import { type Bench, openBench } from './people-fixture.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench('run_report')
})
afterAll(() => bench.close())

test('each finding says in which file, line and column it was made first, and what to do [B2]', async () => {
  const csv =
    'key,first,last,born,mail\n1,Ada,Marlow,,\n2,Bruno,Keller,,bruno at mailhaven\n3,Cleo,Varga,05/06/1990,cleo at x\n'
  await bench.ingest('crm', csv)
  const [run] = await bench.context.store.sql<{ run_id: string }[]>`SELECT run_id FROM onefold.runs`
  const report = await loadRunReport(bench.context, run!.run_id)
  expect(report.findings.map(({ code, rows }) => [code, rows])).toContainEqual(['email.invalid', 2])
  expect(report.places.get('email.invalid')).toEqual({ file: 'crm-1.csv', line: 3, column: 'mail' })
  for (const { code } of report.findings) {
    expect([code, report.places.has(code)]).toEqual([code, true])
    expect([code, typeof hintForFinding(code)]).toEqual([code, 'string'])
  }
})
