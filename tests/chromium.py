"""How the tests start a browser, wherever they do."""

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--autoplay-policy=no-user-gesture-required",  # as a hall's display is set up: it speaks without a touch
    ],
}
