// Scripts and the graph travel compressed; each script's hash stands in the page's policy.
(async function () {
  "use strict";
  const packed = document.getElementById("packed").textContent.trim();
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const parts = JSON.parse(await new Response(stream).text());
  window.moagraphParts = parts;
  for (const text of parts.scripts) {
    const script = document.createElement("script");
    script.textContent = text;
    document.body.append(script);
  }
})().catch(function (error) {
  console.error(error);
});
