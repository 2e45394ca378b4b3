// pdf.js imports `<address>/<name>` for the decoders of scanned pages. The bundle gives every file a name of its own,
// so that this module stands at that address and hands on the decoder that `name` asks for.
const asked = new URL(import.meta.url).searchParams;
const address = asked.get('name')?.startsWith('/jbig2') ? asked.get('jbig2') : asked.get('openjpeg');
const decoder = await import(/* @vite-ignore */ address);

export default decoder.default;
