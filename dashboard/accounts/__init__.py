"""Accounts: how somebody signs in, what a session may see, and who keeps the door."""
