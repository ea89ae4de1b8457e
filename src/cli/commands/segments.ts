import { OnefoldError } from '../../errors.ts'
import { spellDay } from '../../record/spell-day.ts'
import { findSubject } from '../../pipeline/look/find-subject.ts'
import { explainMembership } from '../../pipeline/segments/explain-membership.ts'
import { type PreviewedPerson, previewSegment, type SegmentPreview } from '../../pipeline/segments/preview-segment.ts'
import { compileSegments } from '../../segment/compile-segments.ts'
import { lintSegments } from '../../segment/lint-segments.ts'
import { measureFlows, measureMovement, type MovementFlow } from '../../store/behaviour/measure-movement.ts'
import { measureSegments } from '../../store/behaviour/measure-segments.ts'
import { inSnapshot } from '../../store/in-transaction.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'

interface Options {
  readonly json?: boolean
}

/** Lists all segments as they are declared now, with their members. */
export async function listSegments({ json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { sizes } = await measureSegments(context.store.sql)
    const rows = compileSegments(context.settings.segments).map(({ id, version, owner, reviewDate, description }) => ({
      ...{ id, version, owner, reviewDate, description },
      members: sizes.find(({ segmentId, version: of }) => segmentId === id && of === version)?.members ?? 0,
    }))
    if (json === true) printJson(rows)
    else {
      const cells = rows.map(({ id, version, members, owner, reviewDate, description }) => [
        ...[id, String(version), members, owner, reviewDate, description],
      ])
      printLine(formatTable(cells, ['segment', 'version', 'members', 'owner', 'review', 'who is in it']))
    }
    return 0
  })
}

/** Checks the segments of the configuration; exit code 1 when anything is found. */
export async function lint({ json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { segments } = context.settings
    const declared = compileSegments(segments).filter(({ id }) => id in segments)
    const today = spellDay(context.now())
    const findings = lintSegments(declared, await measureSegments(context.store.sql), today)
    if (json === true) printJson(findings)
    else if (findings.length === 0)
      printLine(`Nothing is amiss with ${formatNumber(declared.length)} segments of the configuration.`)
    else {
      const cells = findings.map(({ code, segment, message }) => [segment ?? '', code.replace('_', ' '), message])
      printLine(formatTable(cells, ['segment', 'finding', '']))
    }
    return findings.length === 0 ? 0 : 1
  })
}

/** Shows whom a segment would have now: how many, and some with the reason. */
export async function preview(segment: string, { limit, json }: Options & { readonly limit: number }): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const previewed = await previewSegment(context, segment, limit)
    if (json === true) printJson(previewed)
    else {
      showSize(previewed)
      showPeople('In it', previewed.examples.members, previewed.members)
    }
    return 0
  })
}

/** Tells how many a segment would have now. */
export async function size(segment: string, { json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { examples: _, ...sizes } = await previewSegment(context, segment, 0)
    if (json === true) printJson(sizes)
    else showSize(sizes)
    return 0
  })
}

/** Shows who would enter and leave a segment against what is published; exit code 1 when anybody would. */
export async function diff(segment: string, { limit, json }: Options & { readonly limit: number }): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const previewed = await previewSegment(context, segment, limit)
    const { entering, leaving, examples } = previewed
    if (json === true) printJson(previewed)
    else {
      showSize(previewed)
      showPeople('Entering', examples.entering, entering)
      showPeople('Leaving', examples.leaving, leaving)
    }
    return entering + leaving === 0 ? 0 : 1
  })
}

function showSize(previewed: Omit<SegmentPreview, 'examples'>): void {
  const { segment, version, people, members, published, entering, leaving } = previewed
  const share = people === 0 ? 0 : (members / people) * 100
  printLine(
    `  ${segment} (version ${version}) has ${formatNumber(members)} of ${formatNumber(people)} people now, ${formatNumber(share)} %.`,
  )
  printLine(
    `  Published are ${formatNumber(published)}: ${formatNumber(entering)} would enter, ${formatNumber(leaving)} would leave.`,
  )
}

function showPeople(title: string, people: readonly PreviewedPerson[], all: number): void {
  if (people.length === 0) return
  printLine(paint('bold', `\n${title}`))
  printLine(formatTable(people.map(({ profileId, reason }) => [profileId, reason])))
  if (all > people.length) printLine(paint('dim', `  and ${formatNumber(all - people.length)} more`))
}

/**
 * Shows how segments changed between two instants, in people; of one segment also where people went and came from. Throws
 * `segment.no_interval` (settings) and `segment.unknown` (not_found).
 */
export async function movement(
  segment: string | undefined,
  { since, until, json }: Options & { readonly since: Date; readonly until?: Date },
): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { sql } = context.store
    const interval = { since, until: until ?? context.now() }
    if (interval.since >= interval.until) {
      throw new OnefoldError('settings', 'segment.no_interval', '`--since` is not before `--until`.', {
        hint: 'For example `--since 2026-06-01`; `--until` is now unless you say another instant.',
      })
    }
    const { all, flows } = await inSnapshot(sql, async (tx) => ({
      all: await measureMovement(tx, interval),
      flows: segment === undefined ? [] : await measureFlows(tx, segment, interval),
    }))
    const rows = all.filter(({ segmentId }) => segment === undefined || segmentId === segment)
    if (segment !== undefined && rows.length === 0) {
      throw new OnefoldError('not_found', 'segment.unknown', `Nobody was in a segment ${segment} at either instant.`, {
        details: { segment },
        hint: '`onefold segments list` tells all ids.',
      })
    }
    if (json === true) printJson({ ...interval, segments: rows, ...(segment === undefined ? {} : { flows }) })
    else {
      const cells = rows.map(({ segmentId, before, left, entered, after }) => [segmentId, before, left, entered, after])
      printLine(formatTable(cells, ['segment', spellDay(interval.since), 'left', 'entered', spellDay(interval.until)]))
      showFlows('Who left is newly in', 'none', 'to', flows)
      showFlows('Who entered has left', 'none', 'from', flows)
    }
    return 0
  })
}

function showFlows(
  title: string,
  none: string,
  direction: MovementFlow['direction'],
  flows: readonly MovementFlow[],
): void {
  const own = flows.filter((flow) => flow.direction === direction)
  if (own.length === 0) return
  printLine(paint('bold', `\n${title}`))
  printLine(formatTable(own.map(({ segmentId, people }) => [segmentId ?? none, people])))
}

/** Tells why somebody is in a segment, or not. */
export async function explain(segment: string, person: string, { json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const explained = await explainMembership(context, segment, await findSubject(context, person))
    if (json === true) printJson(explained)
    else {
      const { isMember, reason, measured, since, until, version } = explained
      const show = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
      printLine(`  ${isMember ? 'In' : 'Not in'} ${segment} (version ${version}): ${reason}.`)
      if (measured !== undefined) printLine(`  At this instant: ${measured}.`)
      if (since !== undefined) printLine(`  Published as a member since ${show(since)}.`)
      if (until === undefined) printLine('  It stays so until something happens, or features are computed anew.')
      else printLine(`  If nothing happens, and features stay as computed, it stays so until ${show(until)}.`)
      if (isMember !== (since !== undefined)) printLine('\nNext: `onefold run` publishes it.')
    }
    return 0
  })
}
