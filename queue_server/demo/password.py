"""The one password of all demo accounts: set in demo mode only, and shown on the start page."""

DEMO_PASSWORD = "xinting-demo"
