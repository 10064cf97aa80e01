/** Header values and arguments that carry a credential, wherever they slipped in. */
const header = /\b(token|bearer|basic)\s+[\w.~+/=:-]{6,}/gi;
const argument = /\b(api_?key|api_?secret|pwd|password|sid|access_token|refresh_token)(["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi;

/** The last net under the rule that no secret is logged; the rule itself is kept where messages are made. */
export const redact = (text: string): string => text.replace(header, '$1 ***').replace(argument, '$1$2***');
