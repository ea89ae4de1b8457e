/** A model as fitted: `logLikelihood` in natural logarithms; `converged` tells whether the search for it arrived. */
export interface FittedModel<Parameters> {
  readonly parameters: Parameters
  readonly logLikelihood: number
  readonly converged: boolean
}
