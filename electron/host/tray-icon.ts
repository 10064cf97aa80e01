/** A 32 by 32 pixel PNG: an open book on the app's blue. */
export const trayIcon =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAAW0lEQVR42mNgGIyAO2btf1rgAbOYKIfQy3KcjhhQB9DbcgxHjDoAlwJCgFR1ow4Yug7AJYeNTaz+0SgYTQOjUTDqgFEHDA0HjLaIhnXLePB1TAa8azYoOqcDAQDdjcuxZfohBQAAAABJRU5ErkJggg==';
