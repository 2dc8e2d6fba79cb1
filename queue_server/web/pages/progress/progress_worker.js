// Runs in the phone's browser when a push comes, also while the page is closed: shows the notice, opens the page on a tap.
self.addEventListener("push", function (event) {
  var notice = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(notice.title, {
      body: notice.body,
      tag: notice.tag, // the newer notice of a ticket takes the place of the older
      renotify: true,
      requireInteraction: true,
      vibrate: [400, 150, 400, 150, 400],
      data: { url: notice.url },
    })
  );
});

self.addEventListener("notificationclick", function (event) {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(function (pages) {
      var open = pages.filter(function (page) { return page.url.split(/[?#]/)[0] === event.notification.data.url; })[0];
      return open ? open.focus() : self.clients.openWindow(event.notification.data.url);
    })
  );
});
