"""Who may use the hall's screens: people with passwords and sessions, devices with tokens."""

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.devices import Device, DeviceKind
from queue_server.accounts.people import Person, Role
from queue_server.accounts.sessions import Session

__all__ = ["Accounts", "Device", "DeviceKind", "Person", "Role", "Session"]
