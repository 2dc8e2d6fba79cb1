"""The visitors' tools on the web: answers as JSON, as words for people, and as pictures."""
