import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { OnefoldError } from '../errors.ts'
import { compileEventNames } from '../quality/compile-event-names.ts'
import { DECLARED_EVENTS } from '../quality/declared-events.ts'
import { compileSegments } from '../segment/compile-segments.ts'
import { findMisusedProperty, type MisusedProperty } from '../segment/find-misused-property.ts'
import { listEventSpans } from '../segment/list-event-spans.ts'
import type { SegmentDefinition } from '../segment/segment-definition.ts'
import { INTERACTION, PURCHASE } from '../segment/timeline.ts'
import { settingsSchema, type Settings } from './settings.ts'

export const CONFIG_NAMES = ['onefold.config.yaml', 'onefold.config.yml', 'onefold.config.ts'] as const

/** The settings of a project and the file they came from; `file` is undefined when there is none. */
export interface LoadedSettings {
  readonly settings: Settings
  readonly file: string | undefined
}

/**
 * Loads `onefold.config.yaml` or `onefold.config.ts` from a folder; without a file, all defaults.
 * Throws settings errors that name file, line (YAML), path and, for a misspelt key, the nearest known one:
 * `config.syntax`, `config.invalid`, `segment.unknown_event`, `segment.unknown_property`; and what `compileSegments` throws.
 */
export async function loadSettings(folder: string): Promise<LoadedSettings> {
  const name = CONFIG_NAMES.find((candidate) => existsSync(join(folder, candidate)))
  if (name === undefined) return { settings: settingsSchema.parse({}), file: undefined }
  const file = join(folder, name)
  if (name.endsWith('.ts')) {
    const { loadConfig } = await import('c12')
    const loaded = await loadConfig({ cwd: folder, name: 'onefold', configFile: 'onefold.config', rcFile: false })
    return { settings: validate(loaded.config ?? {}, name, () => undefined), file }
  }
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines })
  const broken = document.errors[0]
  if (broken !== undefined) {
    const line = lines.linePos(broken.pos[0]).line
    if (broken.code === 'DUPLICATE_KEY') {
      throw new OnefoldError('settings', 'config.syntax', `${name}, line ${line}: this key is written a second time`, {
        details: { line },
        hint: 'Put what belongs to it under one key.',
      })
    }
    throw new OnefoldError('settings', 'config.syntax', `${name}, line ${line}: this is not valid YAML`, {
      details: { line },
      hint: 'Look for a missing colon, a tab, or an indentation that differs from its neighbours.',
    })
  }
  const lineOf = (path: readonly PropertyKey[]): number | undefined => {
    for (let depth = path.length; depth > 0; depth--) {
      const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true)
      const pair = isMap(parent)
        ? parent.items.find(({ key }) => isScalar(key) && key.value === path[depth - 1])
        : undefined
      const node = (pair?.key ?? document.getIn(path.slice(0, depth), true)) as
        | { range?: [number, number, number] }
        | undefined
      if (node?.range) return lines.linePos(node.range[0]).line
    }
    return undefined
  }
  return { settings: validate(document.toJS() ?? {}, name, lineOf), file }
}

function validate(
  declared: unknown,
  file: string,
  lineOf: (path: readonly PropertyKey[]) => number | undefined,
): Settings {
  const result = settingsSchema.safeParse(declared)
  if (result.success) {
    // Says which segment refers to what there is not.
    const definitions = compileSegments(result.data.segments)
    refuseUnknownNames(result.data)
    refuseUnknownEvents(result.data, definitions)
    refuseMisusedProperties(result.data, definitions)
    return result.data
  }
  const sentences = result.error.issues.map((issue) => describeIssue(issue, declared, lineOf))
  throw new OnefoldError('settings', 'config.invalid', `${file}: ${sentences.join('; ')}`, {
    details: { problems: sentences.length },
    hint: 'Correct the file, then run the command again; `onefold init` shows every setting with its default.',
  })
}

/** Names of events that are kept. */
function listKnownEvents({ declared, properties }: Settings['events']): string[] {
  return [...DECLARED_EVENTS, ...declared, ...Object.keys(properties)]
}

function hintToDeclare(unknown: string, known: readonly string[]): string {
  const nearest = nearestKey(unknown, known)
  return `Add it to \`events.declared\`${nearest === undefined ? '' : `, or write ${nearest} if you mean that`}.`
}

/** An event that is taken for one that nobody knows would be kept without a name. */
function refuseUnknownNames({ events }: Settings): void {
  const known = listKnownEvents(events)
  const [name, unknown] = Object.entries(events.names).find(([, other]) => !known.includes(other)) ?? []
  if (unknown === undefined) return
  throw new OnefoldError(
    'settings',
    'event.unknown_name',
    `Events ${name} are to be taken for ${unknown}, which is not declared.`,
    { hint: hintToDeclare(unknown, known) },
  )
}

/** Of an event that is not declared only the kind is kept, so that no rule would ever see one of that name. */
function refuseUnknownEvents({ events }: Settings, definitions: readonly SegmentDefinition[]): void {
  const known = [PURCHASE, INTERACTION, ...listKnownEvents(events)]
  const takenFor = compileEventNames(events.names)
  for (const definition of definitions) {
    const unknown = [...listEventSpans([definition]).keys()].find((name) => !known.includes(name))
    if (unknown === undefined) continue
    const other = takenFor(unknown)
    const hint =
      other === unknown
        ? hintToDeclare(unknown, known)
        : `Events of that name are taken for ${other}: write that, or add it to \`events.declared\` to have it kept.`
    throw new OnefoldError(
      'settings',
      'segment.unknown_event',
      `Segment ${definition.id} asks for the event ${unknown}, which is not declared.`,
      { details: { segment: definition.id }, hint },
    )
  }
}

const MISUSES: Readonly<Record<MisusedProperty['problem'], readonly [is: string, hint: string]>> = {
  unknown: ['is not declared', 'Declare it under the event in `events.properties`, with its type.'],
  no_number: ['is no number', 'Declare it as `number`, or compare it with values.'],
  no_value: ['never has that value', 'Add the value to those of `events.properties`, or correct it.'],
  free_text: [
    'is any text, which is told apart only',
    'List its values in `events.properties`: `[shoes, hats]`. Only declared values are kept in the clear.',
  ],
}

function refuseMisusedProperties({ events }: Settings, definitions: readonly SegmentDefinition[]): void {
  const misused = findMisusedProperty(definitions, events.properties)
  if (misused === undefined) return
  const { segmentId, event, property, problem } = misused
  const [is, hint] = MISUSES[problem]
  throw new OnefoldError(
    'settings',
    'segment.unknown_property',
    `Segment ${segmentId} asks for ${property} of the event ${event}, which ${is}.`,
    { details: { segment: segmentId }, hint },
  )
}

function describeIssue(
  issue: z.core.$ZodIssue,
  declared: unknown,
  lineOf: (path: readonly PropertyKey[]) => number | undefined,
): string {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = unknown === undefined ? issue.path : [...issue.path, unknown]
  const line = lineOf(path)
  const place = `${path.map(String).join('.') || 'the file'}${line === undefined ? '' : ` (line ${line})`}`
  if (unknown === undefined) {
    const typed = issue.path.reduce<unknown>(
      (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
      declared,
    )
    // Of the shapes that a value may have, the one that is wrong in the fewest places was meant, of those of its kind.
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const alike = issue.errors.filter((issues) => !issues.some((inner) => isOfAnotherKind(inner, typed)))
      const meant = (alike.length > 0 ? alike : issue.errors).toSorted((a, b) => a.length - b.length)[0]?.[0]
      if (meant !== undefined)
        return describeIssue({ ...meant, path: [...issue.path, ...meant.path] }, declared, lineOf)
    }
    if (issue.code === 'invalid_key') return `${place}: ${issue.issues[0]?.message ?? issue.message}`
    const options = issue.code === 'invalid_value' ? issue.values.map(String) : []
    if (options.length > 0) {
      if (typed === undefined) return `${place}: this is missing, write one of ${options.join(', ')}`
      const meant = typeof typed === 'string' ? nearestKey(typed, options) : undefined
      const shown = typeof typed === 'string' ? typed : 'this'
      return `${place}: ${shown} is none of the values allowed here, ${meant === undefined ? `write one of ${options.join(', ')}` : `did you mean ${meant}?`}`
    }
    return `${place}: ${issue.message}`
  }
  const nearest = nearestKey(unknown, knownKeys(issue.path))
  return `${place}: there is no such setting${nearest === undefined ? '' : `, did you mean ${nearest}?`}`
}

/** Whether all of a value was not even of the kind that a shape asks for: a text for a map, a map for one of some words. */
function isOfAnotherKind({ code, path }: z.core.$ZodIssue, typed: unknown): boolean {
  return path.length === 0 && (code === 'invalid_type' || (code === 'invalid_value' && typeof typed === 'object'))
}

/** The keys that the schema allows at a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let node: unknown = settingsSchema
  for (const step of path) node = unwrap(node, String(step))
  const shape = (peel(node) as { shape?: Record<string, unknown> }).shape
  return shape === undefined ? [] : Object.keys(shape)
}

function unwrap(node: unknown, step: string): unknown {
  const inner = peel(node) as { shape?: Record<string, unknown>; valueType?: unknown; element?: unknown }
  return inner.shape?.[step] ?? inner.valueType ?? inner.element
}

function peel(node: unknown): unknown {
  let current = node as { def?: { innerType?: unknown } } | undefined
  while (current?.def?.innerType !== undefined) current = current.def.innerType as typeof current
  return current
}

/** The known key that a typing slip of at most a third of its letters leads to. */
function nearestKey(typed: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((key) => ({ key, steps: distance(typed, key) }))
    .filter(({ key, steps }) => steps <= Math.max(1, Math.ceil(key.length / 3)))
    .toSorted((a, b) => a.steps - b.steps)
  return ranked[0]?.key
}
