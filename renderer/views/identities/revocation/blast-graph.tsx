import { toVisibleText } from '#shared/lib/visible-text.ts';
import type { BlastEndpoint } from '#shared/contract/revocation.ts';
import { matching } from '../../../query/queries.ts';
import { PictureLink } from '../../../state/picture-link.tsx';
import { toCalls, toCredential, toEndpoint } from '../../../state/places.ts';
import { formatPlural } from '../../../widgets/format.ts';
import { layBlast } from './blast-layout.ts';
import { accepted, callsOf } from './words.ts';

/** Room for the name of a host. Units: characters. */
const NAME = 26;
const CREDENTIAL_AT = 50;
const HOST_AT = 96;

const short = (text: string): string => (text.length > NAME ? `${text.slice(0, NAME - 8)}…${text.slice(-7)}` : text);

/** The credential, the hosts, and their operations: solid where it was used, hollow where it could be. The table below says the same. */
export function BlastGraph({ credential, endpoints }: { readonly credential: string; readonly endpoints: readonly BlastEndpoint[] }) {
  const { width, height, hosts, left } = layBlast(endpoints);
  const used = endpoints.filter(({ because }) => because === undefined).length;
  return (
    <figure className="revo-figure">
      <svg
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        role="group"
        aria-label={`${formatPlural(used, 'endpoint')} used, ${formatPlural(endpoints.length - used, 'more')} reachable, on ${formatPlural(hosts.length, 'host')}`}
      >
        {hosts.map((host) => (
          <g key={host.name}>
            <PictureLink to={toCalls(callsOf(credential, ` and ${matching('host', host.name)}`))}>
              <path
                className={host.isUsed ? 'revo-edge' : 'revo-edge revo-edge-hollow'}
                d={`M${String(CREDENTIAL_AT)} ${String(height / 2)} C${String(CREDENTIAL_AT + 24)} ${String(height / 2)} ${String(HOST_AT - 24)} ${String(host.y)} ${String(HOST_AT)} ${String(host.y)}`}
              />
              <text className="revo-host" x={HOST_AT + 6} y={host.y + 4}>
                <title>{toVisibleText(host.name)}</title>
                {short(toVisibleText(host.name))}
              </text>
            </PictureLink>
            {host.marks.map(({ id, x, y, isUsed, sensitivity }) => (
              <PictureLink key={id} to={isUsed ? toCalls(accepted(credential, id)) : toEndpoint(id)}>
                <circle
                  className={`${isUsed ? 'revo-solid' : 'revo-hollow'} revo-s${String(sensitivity)}`}
                  cx={x}
                  cy={y}
                  r={sensitivity >= 3 ? 6.5 : sensitivity === 2 ? 5.5 : 4.5}
                >
                  <title>{`${toVisibleText(id)}: S${String(sensitivity)}, ${isUsed ? 'used' : 'reachable'}`}</title>
                </circle>
              </PictureLink>
            ))}
          </g>
        ))}
        <PictureLink to={toCredential(credential)}>
          <text className="revo-credential" x={4} y={height / 2 + 4}>
            {credential}
          </text>
        </PictureLink>
      </svg>
      <figcaption className="muted">
        Solid: used. Hollow: reachable, not used. Larger: more sensitive.
        {left === 0 ? '' : ` ${formatPlural(left, 'endpoint')} more stand in the table only.`}
      </figcaption>
    </figure>
  );
}
