// Draws the API's document. Trying it out from here would need tokens in a page, so it is left to programs.
window.SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#openapi",
  deepLinking: true,
  supportedSubmitMethods: [],
});
