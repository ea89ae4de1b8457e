import type { DeclaredSettings } from './settings.ts'

/**
 * Types a `onefold.config.ts`; gives back what it was given.
 * `export default defineConfig({ region: 'DE', sources: { … } })`
 */
export function defineConfig(settings: DeclaredSettings): DeclaredSettings {
  return settings
}
