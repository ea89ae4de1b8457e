import { OnefoldError } from '../errors.ts'
import { composeStage } from './derive/compose-stage.ts'
import { computeStage } from './derive/compute-stage.ts'
import { publishStage } from './derive/publish-stage.ts'
import { scoreStage } from './derive/score-stage.ts'
import { segmentStage } from './derive/segment-stage.ts'
import { stitchStage } from './derive/stitch-stage.ts'
import { ingestStage } from './ingest/ingest-stage.ts'
import { clusterStage } from './resolve/cluster-stage.ts'
import { compareStage } from './resolve/compare-stage.ts'
import { keysStage } from './resolve/keys-stage.ts'
import { rereadStage } from './reread/reread-stage.ts'
import type { Stage } from './stage.ts'

/** The main path after ingest, in order. A person may start at any of them: what is not due is not done. */
export const PATH: readonly Stage[] = [
  rereadStage,
  keysStage,
  compareStage,
  clusterStage,
  composeStage,
  stitchStage,
  computeStage,
  scoreStage,
  segmentStage,
  publishStage,
]

const BY_NAME = new Map([ingestStage, ...PATH].map((stage) => [stage.name, stage]))

/** The stage of that name. Throws `stage.not_found`. */
export function loadStage(name: string): Stage {
  const stage = BY_NAME.get(name)
  if (stage === undefined) {
    throw new OnefoldError('not_found', 'stage.not_found', `There is no stage ${name}.`, {
      details: { stage: name },
      hint: `Stages are: ${[...BY_NAME.keys()].join(', ')}.`,
    })
  }
  return stage
}
