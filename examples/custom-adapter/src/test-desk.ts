import { createServer, type IncomingMessage } from 'node:http';

interface Account {
  login: string;
  enabled: boolean;
}

interface Team {
  title: string;
  readonly members: Set<string>;
}

interface Wish {
  readonly login?: string;
  readonly enabled?: boolean;
  readonly title?: string;
  readonly join?: readonly string[];
  readonly leave?: readonly string[];
}

/** A help desk in memory, to try the adapter on. */
export async function startDesk() {
  const accounts = new Map<string, Account>();
  const teams = new Map<string, Team>();
  const answered = new Map<string, object>();
  let last = 0;

  function carryOut(method: string, [kind, id = '']: readonly string[], wish: Wish): object | number {
    if (kind === 'accounts') {
      if (method === 'GET') return { accounts: accounts.size };
      const taken = [...accounts].some(([other, { login }]) => login === wish.login && other !== id);
      if (taken) return 409;
      if (method === 'POST') {
        last += 1;
        accounts.set(`a${last}`, { login: wish.login ?? '', enabled: wish.enabled ?? true });
        return { id: `a${last}` };
      }
      const account = accounts.get(id);
      if (account === undefined) return 404;
      account.login = wish.login ?? account.login;
      account.enabled = wish.enabled ?? account.enabled;
      return { id };
    }
    if (method === 'POST') {
      last += 1;
      teams.set(`t${last}`, { title: wish.title ?? '', members: new Set() });
      return { id: `t${last}` };
    }
    const team = teams.get(id);
    if (team === undefined) return 404;
    if (method === 'DELETE') teams.delete(id);
    team.title = wish.title ?? team.title;
    for (const member of wish.join ?? []) team.members.add(member);
    for (const member of wish.leave ?? []) team.members.delete(member);
    return { id };
  }

  async function answer(request: IncomingMessage): Promise<object | number> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const path = (request.url ?? '').split('/').slice(1);
    if (path[0] === 'requests') return answered.get(path[1] ?? '') ?? 404;
    const key = String(request.headers['idempotency-key']);
    const known = answered.get(key);
    if (known !== undefined) return known;
    const wish: Wish = pieces.length > 0 ? JSON.parse(Buffer.concat(pieces).toString()) : {};
    const done = carryOut(request.method ?? 'GET', path, wish);
    if (typeof done === 'object' && request.method !== 'GET') answered.set(key, done);
    return done;
  }

  const server = createServer(async (request, response) => {
    const done = await answer(request);
    response.statusCode = typeof done === 'number' ? done : 200;
    response.end(JSON.stringify(typeof done === 'number' ? {} : done));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    look: async () => ({
      users: [...accounts.values()].map(({ login, enabled }) => ({ userName: login, active: enabled })),
      groups: [...teams.values()].map(({ title, members }) => ({
        displayName: title,
        members: [...members].map((id) => accounts.get(id)?.login ?? id),
      })),
    }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
