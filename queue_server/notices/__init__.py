"""Telling visitors outside the page: to a phone's browser (Web Push), or to a centre's own SMS or WeChat gateway."""
