// Scripts and the graph travel compressed; each script's hash stands in the page's policy.
(async function () {
  "use strict";
  async function unpack(id) {
    const packed = atob(document.getElementById(id).textContent.trim());
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }
  const parts = await unpack("values");
  for (const id of ["nodes", "edges"]) parts[id] = await unpack(id);
  window.moagraphParts = parts;
  for (const text of await unpack("packed")) {
    const script = document.createElement("script");
    script.textContent = text;
    document.body.append(script);
  }
})().catch(function (error) {
  console.error(error);
});
