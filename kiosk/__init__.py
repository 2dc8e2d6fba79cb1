"""The kiosk device: touch pages, and printing on the spot."""
