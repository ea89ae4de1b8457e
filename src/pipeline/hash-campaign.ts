import type { HashKey } from '../privacy/keyring.ts'
import { hashToId } from './hash-to-id.ts'

/** What stands for a campaign in events (of `hashToId`), in capitals or not: its name may say anything. */
export function hashCampaign(key: HashKey, campaign: string): string {
  return hashToId(key, 'campaign', campaign.toLowerCase())
}
