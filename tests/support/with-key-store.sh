#!/bin/sh
# Starts the tests' Electron on a session bus of its own, with an unlocked GNOME keyring: a real key store.
# The arguments are Electron's.
exec dbus-run-session -- sh -c '
  mkdir -p "$XDG_DATA_HOME"
  echo | gnome-keyring-daemon --unlock --components=secrets >/dev/null
  exec "$FIELDBOOK_TEST_ELECTRON" "$@"
' sh "$@"
