import type { Settings } from '../../config/settings.ts'
import { compileDay } from '../../session/compile-day.ts'
import { DEFAULT_SESSION_SETTINGS, type SessionSettings } from '../../session/session.ts'
import { parseDuration } from '../../record/parse-duration.ts'

/** How sessions are cut, as the configuration declares it. */
export function composeSessionSettings({ session_gap: gap, session_cuts: cuts }: Settings['events']): SessionSettings {
  return {
    ...DEFAULT_SESSION_SETTINGS,
    gapMs: parseDuration(gap),
    cutOnCampaign: cuts.campaign,
    cutOnUser: cuts.user,
    ...(cuts.longest === undefined ? {} : { longestMs: parseDuration(cuts.longest) }),
    ...(cuts.midnight === undefined ? {} : { dayOf: compileDay(cuts.midnight) }),
  }
}
