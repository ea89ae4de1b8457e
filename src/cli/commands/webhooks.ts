import { OnefoldError } from '../../errors.ts'
import { deriveWebhookSecret } from '../../pipeline/feed/derive-webhook-secret.ts'
import { findWebhook } from '../../pipeline/feed/find-webhook.ts'
import { replayDeadLetters } from '../../pipeline/feed/replay-dead-letters.ts'
import { nameChange } from '../../pipeline/feed/spell-change.ts'
import { loadDeadLetters } from '../../store/feed/load-dead-letters.ts'
import { loadWebhookStates } from '../../store/feed/load-webhook-states.ts'
import { resumeWebhook } from '../../store/feed/resume-webhook.ts'
import { withSession } from '../open-session.ts'
import { formatTable, printJson, printLine } from '../output.ts'

interface Options {
  readonly json?: boolean
}

/** Changes that wait are counted so far, dead letters listed. */
const MOST = 10_000

/** Lists the webhooks and how each stands. */
export async function listWebhooks({ json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const states = new Map((await loadWebhookStates(context.store.sql, MOST)).map((state) => [state.webhook, state]))
    const rows = Object.entries(context.settings.webhooks).map(([webhook, { changes = [] }]) => {
      const {
        waiting = 0,
        dead = 0,
        attempts = 0,
        lastCode = null,
        nextAt = null,
        isGone = false,
      } = states.get(webhook) ?? {}
      return { webhook, changes, hasBegun: states.has(webhook), waiting, dead, attempts, lastCode, nextAt, isGone }
    })
    if (json === true) printJson(rows)
    else if (rows.length === 0) printLine('No webhooks: declare them under `webhooks` in the configuration.')
    else {
      const cells = rows.map((row) => [
        row.webhook,
        row.changes.length === 0 ? 'all' : row.changes.join(', '),
        row.waiting === MOST ? `${MOST} and more` : String(row.waiting),
        String(row.dead),
        describe(row),
      ])
      printLine(formatTable(cells, ['webhook', 'told of', 'changes ahead', 'refused', '']))
    }
    return 0
  })
}

function describe(row: {
  readonly hasBegun: boolean
  readonly isGone: boolean
  readonly attempts: number
  readonly lastCode: string | null
  readonly nextAt: Date | null
}): string {
  if (!row.hasBegun) return 'begins with the next worker'
  if (row.isGone) return `gone (${row.lastCode ?? ''}): \`onefold webhooks resume\``
  if (row.attempts === 0) return row.lastCode === null ? 'well' : 'not tried again yet'
  const next = row.nextAt === null ? 'now' : `${row.nextAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return `failed ${row.attempts} × (${row.lastCode ?? ''}), next ${next}`
}

/** Prints the secret that a webhook's messages are signed with. */
export async function showSecret(name: string, { json }: Options): Promise<number> {
  return withSession('cli', ({ context }) => {
    findWebhook(context, name)
    const secret = deriveWebhookSecret(context.keyring, name)
    if (json === true) printJson({ webhook: name, secret })
    else printLine(secret)
    return Promise.resolve(0)
  })
}

/** Lists what a receiver refused for good. */
export async function listDeadLetters(name: string, { json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    findWebhook(context, name)
    const letters = await loadDeadLetters(context.store.sql, name, MOST)
    if (json === true) printJson(letters)
    else if (letters.length === 0) printLine('Nothing was refused.')
    else {
      const cells = letters.map(({ xact, seq, kind, profileId, at, code }) => [
        nameChange({ xact, seq }),
        kind,
        profileId,
        at.toISOString().slice(0, 16).replace('T', ' '),
        code,
      ])
      printLine(formatTable(cells, ['message', 'change', 'profile', 'at (UTC)', 'answer']))
      printLine(`\n\`onefold webhooks replay ${name}\` sends them again.`)
    }
    return 0
  })
}

/** Sends what was refused once more; exit code 1 when some is refused again. */
export async function replayWebhook(name: string, { json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const result = await replayDeadLetters(context, name)
    if (json === true) printJson({ webhook: name, ...result })
    else {
      printLine(`  ${result.told} told.`)
      if (result.left > 0) printLine(`  ${result.left} or more left: the receiver answered ${result.code ?? ''}.`)
    }
    return result.left === 0 ? 0 : 1
  })
}

/** Has the next attempt made at once. */
export async function resumeNow(name: string, { json }: Options): Promise<number> {
  return withSession('cli', async ({ context }) => {
    findWebhook(context, name)
    if (!(await resumeWebhook(context.store.sql, name))) {
      throw new OnefoldError('settings', 'webhook.not_begun', `No worker has taken on webhook ${name} yet.`, {
        details: { webhook: name },
        hint: 'Start one: `onefold up` or `onefold worker`.',
      })
    }
    if (json === true) printJson({ webhook: name, resumed: true })
    else printLine('  The next attempt is made at once.')
    return 0
  })
}
