const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const page = (title: string, body: string): Response =>
  new Response(`<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>\n`, {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });

export type Consent = { client: string; user: string; approve: string; denied: string; csrf: string };

/** What a person sees who is signed in: who asks, and two buttons. */
export const consentPage = ({ client, user, approve, denied, csrf }: Consent): Response =>
  page(
    'Confirm Access',
    `<h1>Confirm Access</h1><p>${escape(client)} wants to act as ${escape(user)}.</p>` +
      `<form method="post" action="${escape(approve)}"><input type="hidden" name="csrf_token" value="${csrf}"><button>Allow</button></form>` +
      `<p><a href="${escape(denied)}">Deny</a></p>`,
  );

/** A form without scripts where Frappe has one with; it ends at the same place. */
export const signInForm = (back: string, wrong: boolean): string =>
  `<form method="post" action="/login?${escape(new URLSearchParams({ 'redirect-to': back }).toString())}">` +
  (wrong ? '<p role="alert">Invalid Login. Try again.</p>' : '') +
  '<label>Email <input name="usr" autocomplete="username"></label> <label>Password <input name="pwd" type="password"></label> <button>Login</button></form>';
