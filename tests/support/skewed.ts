/** An answer of a server whose clock is off by so many milliseconds. */
export async function skewed(response: Response, ms: number): Promise<Response> {
  const headers = new Headers(response.headers);
  const date = Date.parse(headers.get('date') ?? '');
  headers.set('date', new Date(date + ms).toUTCString());
  return new Response(await response.arrayBuffer(), { status: response.status, headers });
}
