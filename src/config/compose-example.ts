import { stringify } from 'yaml'
import { PRESETS } from '../source/find-preset.ts'
import { settingsSchema } from './settings.ts'

/** What each setting decides, by its path; `*` stands for a name of the project's own. */
const COMMENTS: Readonly<Record<string, string>> = {
  region: 'Country (ISO 3166-1) for phone numbers, dates and decimals that name none.',
  zone: 'Time zone (IANA) of times that name none, and of the schedules.',
  sources: 'What is taken in, by a name of your own (lower-case letters, digits, _).',
  'sources.*.kind': 'What a row is: people, orders (a row is an order line) or events.',
  'sources.*.preset': 'A known export, whose columns need not be listed.',
  'sources.*.files': 'File, folder or glob, or a list of them: `onefold ingest NAME` takes these.',
  'sources.*.schedule': 'Cron, five fields: when a worker looks for new files. Never, unless set.',
  'sources.*.resolve':
    '`now`: scheduled files of up to 1 MiB are resolved and published as they arrive. `run`: with the next walk.',
  'sources.*.columns': 'Column: field. `onefold ingest NAME FILE --save` recognises and writes them.',
  'sources.*.format': 'What is known of the files; the rest is recognised: delimiter, encoding, header.',
  'sources.*.format.delimiter': 'One character.',
  'sources.*.format.encoding': 'utf-8, utf-16le, utf-16be or windows-1252.',
  'sources.*.format.header': 'Whether the first row names the columns.',
  'sources.*.namespace':
    'Whose customer numbers these are: sources of one namespace share them. The source itself, unless set.',
  'sources.*.region': 'As above, for this source only.',
  'sources.*.date_order': 'dmy, mdy or ymd: how 03/04/2025 is meant. By region, unless set.',
  'sources.*.zone': 'As above, for this source only.',
  'sources.*.trust': '0 to 1: whose word counts where sources disagree.',
  'sources.*.repeats': 'Identical rows of one file: drop them, or keep (two equal order lines are two).',
  'sources.*.currency': 'ISO 4217, for amounts that name none.',
  'sources.*.channel': 'Where people are met by it: digital, branch or phone; what share each has is a feature.',
  'sources.*.count_orders':
    'Whether its events that say an order is completed are purchases; by default if no source has kind orders.',
  'sources.*.contract': 'What the source promises.',
  'sources.*.contract.required': 'Columns that must be there.',
  'sources.*.contract.types': 'Column: text, number, integer, date, timestamp or boolean.',
  'sources.*.contract.nullable': 'Column: false for columns whose cells may not be empty.',
  'sources.*.contract.freshness': 'How old the last delivery may be before `onefold status` warns or fails.',
  'sources.*.contract.freshness.warn_after': 'A span: 90s, 30m, 26h, 2d.',
  'sources.*.contract.freshness.error_after': 'A span: 90s, 30m, 26h, 2d.',
  'sources.*.contract.drift': 'Other columns or types than promised: evolve, freeze, discard_row, discard_value.',
  'sources.*.rules': 'Severity (info, warn, quarantine, reject) of findings, and checks of your own.',
  events: 'What people do.',
  'events.declared': 'Event names you expect beside the common ones; others are kept and flagged.',
  'events.names':
    "What events of yours are to be taken for: produkt_ansicht: Product Viewed. Google Analytics 4's names are.",
  'events.properties': 'What events tell besides, by event and property: text, number, boolean, or a list of values.',
  'events.campaigns': 'Campaigns that are called by their names, as utm_campaign spells them; others have a number.',
  'events.session_gap': 'A session ends after this long without an event.',
  'events.session_cuts': 'Where else a session ends.',
  'events.session_cuts.midnight': 'Time zone (IANA) at whose midnight. Nowhere, unless set.',
  'events.session_cuts.campaign': "Where another campaign brings the visitor back than the session's own.",
  'events.session_cuts.user': 'Where another user logs in.',
  'events.session_cuts.longest': 'When it would become as long as this. Never, unless set.',
  identity: 'Who is who.',
  'identity.max_block': 'Records that may share one blocking key before it is narrowed.',
  'identity.max_people_per_identifier': 'An e-mail, phone or device with more people than this links nobody.',
  'identity.identifiers':
    'By kind, how far identifiers link: mode, priority, max_per_profile, within. `onefold apply` puts a change in force.',
  segments: 'Segments of your own, beside those that come with Onefold: id: { description, owner, review, rule }.',
  webhooks: 'Who is told of changes over HTTP: name: { url, changes }, all kinds of changes unless some are named.',
  rfm: 'Recency, frequency and monetary scores.',
  'rfm.method':
    'How buyers are cut into fifths: ntile (equal sizes), cume_dist or quantile (equal values stay together).',
  'rfm.period_days': 'Only purchases of this many days count for frequency and money. All, unless set.',
  lifetime: 'What buyers will do, foretold from what they did.',
  'lifetime.model': 'bg_nbd or pareto_nbd: whether people leave after a purchase or at any time.',
  'lifetime.horizon_days': 'Purchases and money of this many days to come.',
  'lifetime.discount': 'What money is worth less for each year that it comes later: 0.1 is a tenth.',
  composite_index: 'Several features as one number, by their first principal component or by weights of your own.',
  model_inputs:
    'What `onefold features export` writes for models: features and attributes, what stands for missing ones, how they are scaled.',
  http: 'Where `onefold up` takes in events and records over HTTP.',
  'http.host': 'Address: 127.0.0.1 for this machine alone, 0.0.0.0 for all that reach it.',
  'http.port': 'Port; 0 is any free one.',
  schedules: 'When things are done that nobody asks for.',
  'schedules.run': 'Cron, five fields: the whole path, `onefold run`.',
  'schedules.models': 'Models behind scores are learnt anew by the walk that finds them so old; run: by every walk.',
  'schedules.thresholds':
    'The same of the cut points of R, F and M, unless they are ntile, which every walk cuts anew.',
}

/** Settings without a default, shown commented out with this value. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  'events.session_cuts.midnight': 'Europe/London',
  'events.session_cuts.longest': '24h',
  'rfm.period_days': 365,
  composite_index: { features: ['sessions_30d', 'page_views', 'purchases_30d'] },
  'schedules.run': '0 3 * * *',
  'sources.*.preset': 'salesforce-contacts',
  'sources.*.files': 'exports/contacts-*.csv',
  'sources.*.schedule': '30 2 * * *',
  'sources.*.columns': { Id: 'record_key', 'First Name': 'given_name', Email: 'email' },
  'sources.*.format.delimiter': ';',
  'sources.*.format.encoding': 'utf-8',
  'sources.*.format.header': true,
  'sources.*.namespace': 'shop',
  'sources.*.region': 'GB',
  'sources.*.date_order': 'dmy',
  'sources.*.zone': 'Europe/London',
  'sources.*.currency': 'GBP',
  'sources.*.channel': 'branch',
  'sources.*.count_orders': true,
  'sources.*.contract.required': ['Id', 'Email'],
  'sources.*.contract.types': { CreatedDate: 'timestamp' },
  'sources.*.contract.nullable': { Id: false },
  'sources.*.contract.freshness.warn_after': '26h',
  'sources.*.contract.freshness.error_after': '2d',
  'sources.*.rules': [{ code: 'email.invalid', severity: 'quarantine', threshold: 0.05 }],
}

const WIDTH = 120

/** Stands where a setting has no words; a test looks for it. */
export const UNDESCRIBED = '(not described)'

/**
 * A commented `onefold.config.yaml` with every setting of the schema: defaults live, what has none commented out,
 * and an example source for each preset. Loads as it is, and also once every `# ` before a setting is taken away.
 */
export function composeExample(): string {
  const defaults = settingsSchema.parse({})
  const source = settingsSchema.parse({ sources: { example: { kind: 'people' } } }).sources['example']
  const { sources: _, ...live } = defaults
  const own = describeKeys(settingsSchema, live, '', '').filter((line) => line !== '')
  const example = describeKeys(settingsSchema.shape.sources.unwrap().valueType, source ?? {}, 'sources.*', '    ')
  return [
    '# Onefold: what is taken in, and how it is decided. Every setting with its default; delete what you do not change.',
    '# `onefold doctor` checks this file, `onefold ingest --save` adds sources to it.',
    '',
    ...own,
    '',
    `# ${COMMENTS['sources']}`,
    ...['sources:', '  every_setting:', ...example].map(commentOut),
    ...PRESETS.flatMap(({ name, title, kind }) => [
      `#   # ${title}`,
      `#   ${name.replaceAll('-', '_')}:`,
      `#     kind: ${kind}`,
      `#     preset: ${name}`,
      `#     files: exports/${name}/*`,
    ]),
    '',
  ].join('\n')
}

/** The lines of one level of the schema. */
function describeKeys(node: unknown, defaults: object, path: string, indent: string): string[] {
  const shape = (peel(node) as { shape: Record<string, unknown> }).shape
  return Object.entries(shape).flatMap(([key, child]) => {
    const place = path === '' ? key : `${path}.${key}`
    if (place === 'sources') return []
    const comment = COMMENTS[place] ?? (child as { description?: string }).description ?? UNDESCRIBED
    const value = (defaults as Record<string, unknown>)[key]
    const line = `${indent}# ${comment}`
    if ('shape' in (peel(child) as object) && value !== undefined) {
      const inner = describeKeys(child, value as object, place, `${indent}  `)
      const isEmpty = inner.every((text) => text.trimStart().startsWith('#'))
      // A key over comments alone would be null.
      return [line, `${indent}${isEmpty && !path.startsWith('sources') ? '# ' : ''}${key}:`, ...inner]
    }
    const shown = EXAMPLES[place] ?? value
    const isLive = value !== undefined || path.startsWith('sources')
    return [line, `${indent}${isLive ? '' : '# '}${key}: ${toFlow(shown)}`]
  })
}

/** A value on one line. */
function toFlow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: WIDTH, flowCollectionPadding: false }).trim()
}

function commentOut(line: string): string {
  return `# ${line}`
}

function peel(node: unknown): unknown {
  let current = node as { def?: { innerType?: unknown } }
  while (current.def?.innerType !== undefined) current = current.def.innerType as typeof current
  return current
}
