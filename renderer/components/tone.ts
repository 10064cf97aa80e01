/** The colours in which a state is told; each has text, border and tint (`data-tone` in theme/base.css). */
export type Tone = 'primary' | 'ok' | 'warn' | 'bad' | 'grey' | 'purple';
