import jbig2Url from 'pdfjs-dist/wasm/jbig2_nowasm_fallback.js?url';
import openjpegUrl from 'pdfjs-dist/wasm/openjpeg_nowasm_fallback.js?url';
import decoderUrl from './imageDecoder.js?url';

const absolute = (url: string) => encodeURIComponent(new URL(url, document.baseURI).href);

/**
 * Where pdf.js finds its decoders for fax, JBIG2 and JPEG 2000 pictures, as most scanners make them. They run as
 * plain script: the content security policy allows no WebAssembly.
 */
export const imageDecoders = {
  useWasm: false,
  wasmUrl: `${new URL(decoderUrl, document.baseURI).href}?jbig2=${absolute(jbig2Url)}&openjpeg=${absolute(openjpegUrl)}&name=/`,
};
