/** jQuery UI looks for a global jQuery when it is not loaded by AMD, so this must be imported before it. */
import $ from "jquery";

Object.assign(globalThis, { jQuery: $, $ });
export default $;
