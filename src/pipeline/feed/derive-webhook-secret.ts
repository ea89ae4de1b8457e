import { keyedHash } from '../../privacy/keyed-hash.ts'
import type { Keyring } from '../../privacy/keyring.ts'

const SECRET_BYTES = 32

/**
 * The secret that a webhook's messages are signed with, as Standard Webhooks spells it: `whsec_` and base64. It follows
 * from the master key and the name, so that none is written into a configuration.
 */
export function deriveWebhookSecret(keyring: Pick<Keyring, 'webhooks'>, webhook: string): string {
  return `whsec_${keyedHash(keyring.webhooks, webhook, SECRET_BYTES).toString('base64')}`
}
