import type { ReportView } from '../section.ts';
import { internalProfile, type Pseudonymiser } from './pseudonymiser.ts';

/** The case as a profile shows it: every text that leaves through this view has gone through the pseudonymiser. */
export function profiledView(view: ReportView, hide: Pseudonymiser): ReportView {
  if (hide === internalProfile) return view;
  // Sections ask with the references and ids that they were shown.
  const shown = new Map<string, string>();
  for (const { name } of view.json.sources) shown.set(hide.text(name), name);
  const original = (ref: string): string => {
    const mark = ref.lastIndexOf('#');
    const source = shown.get(ref.slice(0, mark));
    return source === undefined ? ref : source + ref.slice(mark);
  };
  return {
    ...view,
    json: hide.json(view.json),
    overview: hide.json(view.overview),
    *chains() {
      for (const chain of view.chains()) yield hide.json(chain);
    },
    chain: (id) => {
      const chain = view.chain(original(id));
      return chain === undefined ? undefined : hide.json(chain);
    },
    call: (ref) => {
      const call = view.call(original(ref));
      return call === undefined ? undefined : hide.call(call);
    },
    aheadOf: (ref) => view.aheadOf(original(ref)),
    place: (ref) => {
      const place = view.place(original(ref));
      return place === undefined ? undefined : hide.json(place);
    },
    remarks: view.remarks.map(({ call, ...said }) => ({ ...hide.json(said), call: hide.call(call) })),
    method: hide.json(view.method),
    issuesByCode: hide.json(view.issuesByCode),
  };
}
