import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { settingsSchema, type SourceSettings } from '../../config/settings.ts'
import { saveSource } from '../../config/save-source.ts'
import { OnefoldError } from '../../errors.ts'
import { composeReading } from '../../pipeline/ingest/compose-reading.ts'
import type { Reading } from '../../pipeline/ingest/reading.ts'
import { readArrival } from '../../pipeline/now/read-arrival.ts'
import { takeInNow } from '../../pipeline/now/take-in-now.ts'
import { openIngest } from '../../pipeline/ingest/open-ingest.ts'
import { hintForFinding } from '../../quality/hint-for-finding.ts'
import { loadRunReport, type RunReport } from '../../pipeline/quality/load-run-report.ts'
import type { FormatSettings } from '../../source/file-format.ts'
import { findFiles } from '../../source/find-files.ts'
import { findAbsentColumns } from '../find-absent-columns.ts'
import { chooseSource } from '../choose-source.ts'
import { guessSource, type GuessedSource } from '../guess-source.ts'
import { type Session, withSession } from '../open-session.ts'
import { formatTable, paint, printJson, printLine } from '../output.ts'
import { showText } from '../show-text.ts'
import { workOff } from '../work-off.ts'

export interface IngestOptions {
  readonly save?: boolean
  readonly json?: boolean
  readonly now?: boolean
  readonly kind?: SourceSettings['kind']
}

/**
 * Takes files in: of a configured source, or of one that is recognised by its columns. Exit code 0 when every row
 * ended accepted or as a repeat, 1 when rows were quarantined or rejected or the run failed.
 */
export async function ingest(names: readonly string[], options: IngestOptions): Promise<number> {
  return withSession('cli', async (session) => {
    const { settings, file: configFile } = session.loaded
    const choice = chooseSource(names, { configured: Object.keys(settings.sources), isPath: existsSync })
    const patterns =
      choice.patterns.length > 0 ? choice.patterns : configuredFiles(settings.sources[choice.source ?? ''])
    const files = (await Promise.all(patterns.map(findFiles))).flat()
    const name = choice.source ?? nameSource(files[0] ?? '')
    // A file may be called constructor.csv.
    const known = Object.hasOwn(settings.sources, name) ? settings.sources[name] : undefined
    const guess = known === undefined ? await guessSource(files[0] ?? '', options.kind) : undefined
    const source = known ?? settingsSchema.shape.sources.unwrap().valueType.parse(guess?.settings)
    if (guess !== undefined && options.json !== true) printGuess(name, guess)
    if (guess?.columns.every(({ field }) => field === undefined) === true) {
      throw new OnefoldError('payload', 'source.not_recognised', 'None of the columns is recognised.', {
        details: { file: basename(files[0] ?? '') },
        hint: `Say under \`sources.${name}.columns\` of onefold.config.yaml which column is which field, or name a preset.`,
      })
    }
    if (guess !== undefined && options.save === true) {
      const saved = await saveSource(process.cwd(), configFile, name, guess.settings)
      if (options.json !== true) printLine(`Written to ${basename(saved)} as source ${name}.`)
    }
    const reading = composeReading(source, settings, session.context.now())
    if (known !== undefined) await warnOfAbsentColumns(files, known, reading.format as FormatSettings)
    if (options.now === true) return takeInFileNow(session, name, reading, files, options)
    const [run] = await workOff(session, () => openIngest(session.context, name, reading, files))
    if (run === undefined) return 0
    return report(session, name, run.runId, files.length, options)
  })
}

/** Takes one small file in, resolves and publishes it at once, without the queue. */
async function takeInFileNow(
  session: Session,
  source: string,
  reading: Reading,
  files: readonly string[],
  options: IngestOptions,
): Promise<number> {
  const [file] = files
  if (file === undefined || files.length > 1) {
    throw new OnefoldError('settings', 'arrival.one_file', '`--now` takes one file at a time.', {
      details: { files: files.length },
      hint: 'Name one file, or take them in without `--now`, then `onefold run`.',
    })
  }
  const { runId, isResolved } = await takeInNow(session.context, source, reading, await readArrival(file))
  if (!isResolved) {
    process.stderr.write(
      'onefold: a walk is on the path, or more is due than is done at once: the rows are taken in and not resolved yet\n' +
        '  next:  `onefold run`, once the walk is over (`onefold status`)\n',
    )
  }
  return report(session, source, runId, 1, options, isResolved)
}

function configuredFiles(source: SourceSettings | undefined): readonly string[] {
  if (source?.files !== undefined) return typeof source.files === 'string' ? [source.files] : source.files
  throw new OnefoldError('settings', 'source.no_files', 'The source names no files.', {
    hint: 'Name a file after the source, or give it `files:` in the configuration.',
  })
}

/** On stderr, where it reaches people also beside `--json`. The rows are taken in all the same. */
async function warnOfAbsentColumns(
  files: readonly string[],
  source: SourceSettings,
  format: FormatSettings,
): Promise<void> {
  for (const file of files) {
    const absent = await findAbsentColumns(file, source, format)
    if (absent.length === 0) continue
    process.stderr.write(
      `onefold: ${basename(file)} lacks columns that the configuration maps: ${absent.map(showText).join(', ')}\n` +
        '  next:  Correct their names under `columns:`; `contract: { required: […] }` refuses such a file.\n',
    )
  }
}

function nameSource(file: string): string {
  const stem = basename(file).replace(/\..*$/, '').toLowerCase()
  return (
    stem
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replace(/^[^a-z]+/, '')
      .slice(0, 40) || 'source'
  )
}

function printGuess(name: string, guess: GuessedSource): void {
  const preset = guess.settings.preset
  printLine(
    `${paint('bold', name)} is not configured; its columns were recognised${preset === undefined ? '' : ` as ${preset}`}:`,
  )
  printLine(
    formatTable(
      guess.columns.map(({ column, field, confidence, because }) => [
        showText(column),
        field ?? '–',
        `${Math.round(confidence * 100)} %`,
        because,
      ]),
      ['column', 'field', 'sure', 'because'],
    ),
  )
  printLine()
}

async function report(
  session: Session,
  source: string,
  runId: string,
  files: number,
  options: IngestOptions,
  isResolved = false,
): Promise<number> {
  const found = await loadRunReport(session.context, runId)
  const { received = 0, accepted = 0, duplicate = 0, quarantined = 0, rejected = 0 } = found.counts
  const { state, errorCode } = found.run
  if (options.json === true) {
    const { counts, rules, status, overThreshold } = found
    const placed = <T extends { readonly code: string }>(finding: T) => ({
      ...finding,
      first: found.places.get(finding.code) ?? null,
      hint: hintForFinding(finding.code) ?? null,
    })
    const quality = { status, rules: rules.map(placed), findings: found.findings.map(placed), overThreshold }
    printJson({ source, runId, files, state, errorCode, counts, quality })
  } else {
    printLine(`${paint('bold', source)}: ${files} file${files === 1 ? '' : 's'}, run ${runId}`)
    printLine(
      formatTable([
        ['received', received],
        ['accepted', accepted],
        ['duplicate', duplicate],
        ['quarantined', quarantined],
        ['rejected', rejected],
      ]),
    )
    if (received > 0 && duplicate === received) {
      printLine('\nAll rows were taken in before and count once. They keep what was understood then:')
      printLine('a changed mapping concerns rows that are new or changed.')
    }
    const broken = found.rules.filter(({ failed }) => failed > 0)
    if (broken.length > 0) {
      printLine('\nRules')
      printLine(
        formatTable(
          broken.map((rule) => [
            rule.code,
            rule.severity,
            rule.failed,
            formatShare(rule.share, rule.threshold),
            rule.status,
            ...placeAndHint(found, rule.code),
          ]),
          ['rule', 'severity', 'rows', 'share', 'result', 'first seen', 'what to do'],
        ),
      )
    }
    if (found.findings.length > 0) {
      printLine('\nFindings')
      printLine(
        formatTable(
          found.findings.map(({ code, rows, share }) => [
            code,
            rows,
            formatShare(share) + (found.overThreshold.includes(code) ? ', over its threshold' : ''),
            ...placeAndHint(found, code),
          ]),
          ['finding', 'rows', 'share', 'first seen', 'what to do'],
        ),
      )
    }
    if (state !== 'done')
      printLine(paint('red', `\nThe run ${state === 'open' ? 'was stopped' : `failed: ${errorCode ?? ''}`}.`))
    printLine(
      isResolved
        ? `\nResolved and published.${quarantined > 0 ? ' Next: `onefold quarantine list`.' : ''}`
        : `\nNext: ${quarantined > 0 ? '`onefold quarantine list`, then ' : ''}\`onefold run\` to resolve and publish.`,
    )
  }
  return state === 'done' && found.status !== 'fail' && quarantined + rejected === 0 ? 0 : 1
}

/** `contacts.csv, line 12, column born`, and what to do about it. */
function placeAndHint({ places }: RunReport, code: string): [string, string] {
  const place = places.get(code)
  const column = place === undefined || place.column === null ? '' : `, column ${showText(place.column)}`
  const seen = place === undefined ? '' : `${showText(place.file)}, line ${place.line}${column}`
  return [seen, hintForFinding(code) ?? '']
}

function formatShare(share: number, threshold?: number): string {
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`
  return threshold === undefined ? percent(share) : `${percent(share)} of at most ${percent(threshold)}`
}
