import { openPath } from '../../pipeline/open-path.ts'
import { isInForce } from '../../store/model/find-application.ts'
import { findAppliedModel, type ModelChoice } from '../../store/model/find-applied-model.ts'
import { findNewestModel } from '../../store/model/find-newest-model.ts'
import { withSession } from '../open-session.ts'
import { printJson, printLine } from '../output.ts'
import { workOff } from '../work-off.ts'
import { printEnded } from './run.ts'

/** Judges by another model from now on and publishes what follows. Exit code 1 when a stage failed. */
export async function apply(wanted: ModelChoice | undefined, { json }: { readonly json?: boolean }): Promise<number> {
  return withSession('cli', async (session) => {
    const { sql } = session.context.store
    const model = wanted ?? (await findNewestModel(sql))
    const before = await findAppliedModel(sql)
    if (await isInForce(sql, { model, identifiers: session.context.settings.identity.identifiers })) {
      if (json === true) printJson({ before, model, run: null })
      else printLine('  That model judges already: nothing changes.')
      return 0
    }
    const [ended] = await workOff(session, () => openPath(session.context, { model }))
    if (json === true) printJson({ before, model, run: ended })
    else if (ended !== undefined) {
      printEnded(ended)
      const back = before === model ? 'applying the `identity.identifiers` of before' : `\`onefold apply ${before}\``
      printLine(`\nNext: \`onefold status\`; ${back} goes back.`)
    }
    return ended?.state === 'done' ? 0 : 1
  })
}
