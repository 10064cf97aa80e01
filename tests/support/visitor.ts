/** A person's browser as far as signing in needs one: it keeps cookies by site, follows redirects, and sends forms. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** The page behind an address, wherever it leads. */
  async open(url: string, post?: Record<string, string>): Promise<{ url: string; status: number; text: string }> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const body = post === undefined ? {} : { method: 'POST', body: new URLSearchParams(post) };
    const response = await fetch(url, { ...body, headers: cookie === '' ? {} : { cookie }, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null) return this.open(new URL(location, url).href);
    return { url, status: response.status, text: await response.text() };
  }

  /** Signs in where the page asks for it, and answers the question whether the app may act. */
  async consent(authorizeUrl: string, user: string, password: string, answer: 'Allow' | 'Deny' = 'Allow') {
    let page = await this.open(authorizeUrl);
    if (new URL(page.url).pathname === '/login') page = await this.open(page.url, { usr: user, pwd: password });
    const found = (pattern: RegExp): string => (pattern.exec(page.text)?.[1] ?? '').replaceAll('&amp;', '&');
    if (answer === 'Deny') return this.open(new URL(found(/<a href="([^"]+)"/), page.url).href);
    const action = new URL(found(/<form method="post" action="([^"]+)"/), page.url).href;
    return this.open(action, { csrf_token: found(/name="csrf_token" value="([^"]+)"/) });
  }
}
