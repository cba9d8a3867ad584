/** The optional peer has no types of its own; `openjpeg.ts` says what is used of it. */
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  const load: unknown;
  export default load;
}
