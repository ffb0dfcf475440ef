import type { Random } from '../../../large/random.ts';
import type { Credential } from '../../core/party.ts';

type Always = () => Credential;

function unchanging(id: string, kind: Credential['kind'], header: Credential['header'], scopes: readonly string[]): Always {
  const credential: Credential = { id: `${id}/${kind}`, kind, header, scopes, subject: id, client: id };
  return () => credential;
}

/** A key in the header that the public API reads. */
export function keyInHeader(random: Random, id: string, scopes: readonly string[]): Always {
  return unchanging(id, 'api-key', ['x-api-key', `qf_live_${random.base32(36)}`], scopes);
}

/** A token that says nothing to its reader, as runners get one when they are registered. */
export function opaqueToken(random: Random, id: string, scopes: readonly string[], prefix: string): Always {
  return unchanging(id, 'api-key', ['authorization', `Bearer ${prefix}${random.hex(40)}`], scopes);
}

/** Name and password with every request. */
export function basicUser(random: Random, id: string, scopes: readonly string[]): Always {
  return unchanging(id, 'basic', ['authorization', `Basic ${btoa(`${id}:${random.base32(18)}`)}`], scopes);
}

/** The cookie that single sign-on leaves in a browser; a new one each local morning. Units: minutes east of UTC. */
export function officeCookie(random: Random, subject: string, minutesEast: number): (at: number) => Credential {
  return (at) => {
    const day = Math.floor((at + minutesEast * 60_000) / 86_400_000);
    return {
      id: `hub-web/${subject}/session-${String(day)}`,
      kind: 'session',
      header: ['cookie', `qf_theme=dark; qf_session=${random.fork(`session/${String(day)}`).base32(44)}`],
      scopes: [],
      subject,
      client: 'hub-web',
    };
  };
}
