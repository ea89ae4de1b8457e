import { OnefoldError } from '../../errors.ts'
import type { Context } from '../context.ts'

/** A webhook of the configuration. Throws `webhook.unknown` (settings). */
export function findWebhook(context: Pick<Context, 'settings'>, name: string): Context['settings']['webhooks'][string] {
  const hook = context.settings.webhooks[name]
  if (hook !== undefined) return hook
  throw new OnefoldError('settings', 'webhook.unknown', `There is no webhook ${name}.`, {
    details: { webhook: name },
    hint: 'Declare it under `webhooks` in the configuration; `onefold webhooks list` shows those there are.',
  })
}
