import { formatSpan } from '../format-span.ts'
import {
  explainSeparation,
  type SeparationExplanation,
  type SeparationReason,
} from '../../pipeline/look/explain-separation.ts'
import { withSession } from '../open-session.ts'
import { formatBits, paint, printJson, printLine } from '../output.ts'

/** Explains why two records were kept apart. */
export async function whyNot(left: string, right: string, { json }: { readonly json?: boolean }): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const explained = await explainSeparation(context, left, right)
    if (json === true) printJson(explained)
    else print(explained)
    return 0
  })
}

function print({ recordIds, profileIds, reasons, comparedBy, explanation }: SeparationExplanation): void {
  const [a, b] = recordIds
  printLine(paint('bold', `rec_${a}  and  rec_${b}`))
  if (profileIds[0] !== undefined && profileIds[0] === profileIds[1]) {
    printLine(`  They are one person: both are in profile prf_${profileIds[0]}.`)
    printLine(`\nNext: \`onefold why rec_${a} rec_${b}\`.`)
    return
  }
  printLine(`  ${explanation.sentence}`)
  for (const reason of reasons) printLine(`  - ${tell(reason)}`)
  if (comparedBy.length > 0) printLine(`  Runs compare them, by ${comparedBy.join(', ').replaceAll('_', ' ')}.`)
  else if (!reasons.some(({ kind }) => kind === 'no_shared_key' || kind === 'keys_too_common'))
    printLine('  Runs do not compare them: they share no blocking key that is rare enough.')
  printLine(`\nNext: \`onefold why rec_${a} rec_${b}\` shows every comparison.`)
}

function tell(reason: SeparationReason): string {
  switch (reason.kind) {
    case 'deleted':
      return `Deleted by its source: ${reason.records.map((id) => `rec_${id}`).join(', ')}. It belongs to nobody.`
    case 'not_resolved_yet':
      return 'One of them is in no profile yet: `onefold run` looks at it.'
    case 'below_threshold':
      return `The pair has ${formatBits(reason.totalBits)} bits; a match takes ${formatBits(reason.matchBits)}.`
    case 'contradicted':
      return `The pair has ${formatBits(reason.totalBits)} bits, which would do, but names or birth dates say two people.`
    case 'nothing_to_compare':
      return 'They say nothing that could be compared.'
    case 'no_shared_key':
      return 'They would match, but share no blocking key, so runs never compare them.'
    case 'keys_too_common':
      return `They would match, but too many records share their keys (${reason.rules.join(', ').replaceAll('_', ' ')}), so runs never compare them.`
    case 'identifier_limit': {
      const exceeded = reason.exceeded.map(
        ({ identifierKind, together, allowed, withinMs }) =>
          `${together} of ${identifierKind.replaceAll('_', ' ')} where ${allowed} may be` +
          (withinMs === undefined ? '' : ` within ${formatSpan(withinMs)}`),
      )
      return `${namePair(reason.pair)} match, but one profile would have too many identifiers${exceeded.length === 0 ? '' : `: ${exceeded.join(', ')}`}.`
    }
    case 'cohesion': {
      const against = reason.against.map(
        ({ a, b, strengthBits }) => `${namePair([a, b])} ${formatBits(strengthBits)} bits`,
      )
      return `${namePair(reason.pair)} match, but the two groups do not hold together${against.length === 0 ? '' : `: ${against.join('; ')}`}.`
    }
    case 'protection':
      return `${namePair(reason.pair)} match, but both profiles are protected: only \`onefold merge\` joins them.`
    case 'decision':
      return `${reason.decidedBy} decided on ${reason.decidedAt.toISOString().slice(0, 10)} that ${namePair(reason.pair)} are two people.`
    case 'never_link':
      return `${namePair(reason.pair)} match, but a person decided that records of the two groups are two people.`
  }
}

function namePair([a, b]: readonly [string, string]): string {
  return `rec_${a} and rec_${b}`
}
