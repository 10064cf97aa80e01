/** Is it what a Signature field stores? Only what a picture can be: never an address of elsewhere. */
export const isSignature = (value: string): boolean => /^data:image\/(png|jpeg|svg\+xml);base64,/.test(value);
