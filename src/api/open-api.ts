import { OpenAPIHono } from '@hono/zod-openapi'
import { cors } from 'hono/cors'
import type { Context } from '../pipeline/context.ts'
import type { Intake } from '../pipeline/intake/open-intake.ts'
import { translateError } from '../store/translate-error.ts'
import { addChangesRoute, CHANGES_PATH } from './changes-route.ts'
import { openAuthentication } from './open-authentication.ts'
import { answerProblem, refuse } from './problem.ts'
import { addPeopleRoute, PEOPLE_PATH } from './people-route.ts'
import { addRecordsRoute } from './records-route.ts'
import { addSegmentRoutes } from './segment-routes.ts'

/** The HTTP interface: events and records in, segments of a person and changes out. An abort of `closing` ends what would not end by itself. Every failure is a problem (RFC 9457); `/openapi.json` describes it all. */
export function openApi(context: Context, intake: Intake, closing: AbortSignal): OpenAPIHono {
  const app = new OpenAPIHono()
  // Browsers send from any page, since a write key lets nobody read; whoever reads is no browser.
  const fromAnyPage = cors({
    ...{ origin: '*', allowMethods: ['POST'], maxAge: 86_400 },
    allowHeaders: ['authorization', 'content-type', 'anonymousid'],
  })
  const isRead = (path: string): boolean => path === CHANGES_PATH || path.startsWith(PEOPLE_PATH)
  app.use('/v1/*', (request, next) => (isRead(request.req.path) ? next() : fromAnyPage(request, next)))
  const authenticate = openAuthentication(context, 'write')
  addSegmentRoutes(app, context, intake, authenticate)
  addRecordsRoute(app, intake, authenticate)
  const authenticateReader = openAuthentication(context, 'read')
  addPeopleRoute(app, context, authenticateReader)
  addChangesRoute(app, context, authenticateReader, closing)
  app.openAPIRegistry.registerComponent('securitySchemes', 'writeKey', {
    type: 'http',
    scheme: 'basic',
    description: 'The write key as user, no password.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'readKey', {
    type: 'http',
    scheme: 'basic',
    description: 'The read key as user, no password.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'Onefold', version: '1' } })
  app.notFound((request) =>
    answerProblem(request, refuse('api.not_found', 'There is nothing here.', '`/openapi.json` tells what there is.')),
  )
  app.onError((failure, request) => {
    const { kind, code } = translateError(failure)
    if (kind === 'store' || kind === 'invariant') context.log.warn({ code }, 'request failed')
    return answerProblem(request, failure)
  })
  return app
}
