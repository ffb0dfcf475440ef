import { listTemplateRules } from '../store/read/template-rules.ts';
import { readPlaces } from '../templates/places.ts';
import { previewRules } from '../templates/preview.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';

/** Path templates: the rules of the analyst, what a template rests on, and what other rules would make of it. */
export function templateHandlers({ db, ports }: EngineContext): Some<'templates.rules' | 'templates.places' | 'templates.preview'> {
  return {
    'templates.rules': () => listTemplateRules(db),
    'templates.places': ({ endpoint }, context) => inSlices(ports, context, (breathe) => readPlaces(db, endpoint, breathe)),
    'templates.preview': (changes, context) => inSlices(ports, context, (breathe) => previewRules(db, changes, breathe)),
  };
}
