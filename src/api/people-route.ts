import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from '../pipeline/context.ts'
import { openStanding } from '../pipeline/segments/open-standing.ts'
import { describePeople } from './describe-routes.ts'
import type { Authenticate } from './open-authentication.ts'

export const PEOPLE_PATH = '/v1/people/'

/**
 * Adds `GET /v1/people/{person}/segments` [J1]: the segments that somebody is in at this instant, with reasons. Nothing of
 * the person but a pseudonym is answered.
 */
export function addPeopleRoute(app: OpenAPIHono, context: Context, authenticate: Authenticate): void {
  const standingOf = openStanding(context)
  app.openAPIRegistry.registerPath(describePeople())
  app.get(`${PEOPLE_PATH}:person/segments`, async (request) => {
    await authenticate(request.req.header('authorization'))
    const answer = await standingOf(request.req.param('person'))
    return request.json(answer, 200, { 'cache-control': 'no-store' })
  })
}
