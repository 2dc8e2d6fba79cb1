"""The identity-card reader of a kiosk: never needed, and nothing of a card leaves the reader's own call."""
