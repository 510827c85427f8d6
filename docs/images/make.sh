#!/bin/sh
# Creates the pictures of the README: docs/images/make.sh
#
# Needs the .NET SDK, node with npm, and Chromium (set CHROMIUM if it is not on the PATH). The messages come from "tokenmonitor preview".
# Cards are rendered with Microsoft's renderer and its published host configuration for Teams. Both are downloaded to a temporary folder;
# set TEAMS_HOST_CONFIGS to use a folder with microsoft-teams-light.json and microsoft-teams-dark.json instead.
set -eu

images=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$images/../.." && pwd)
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet run --project "$root/SafeCast.TokenMonitor.Cli" -- preview --out "$work/preview"

cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" adaptivecards@3.0.6 markdown-it@15.0.3 upng-js@2.1.0
if [ -n "${TEAMS_HOST_CONFIGS:-}" ]; then
  cp "$TEAMS_HOST_CONFIGS"/microsoft-teams-*.json "$work"
else
  for theme in light dark; do
    curl -fsSLO "https://raw.githubusercontent.com/microsoft/AdaptiveCards/main/samples/HostConfig/microsoft-teams-$theme.json"
  done
fi

# picture NAME HEIGHT FRAME...: frames side by side, each "file width color-scheme". Frames, because windows have a minimum width.
picture() {
  name=$1 height=$2
  shift 2
  width=16
  page="<!DOCTYPE html><meta charset=\"utf-8\"><body style=\"margin:0;padding:16px;display:flex;gap:16px;background:#c9ced6\">"
  for frame in "$@"; do
    set -- $frame
    page="$page<iframe src=\"$1\" style=\"border:0;flex:none;width:$2px;height:${height}px;color-scheme:$3\"></iframe>"
    width=$((width + $2 + 16))
  done
  printf '%s' "$page" > "$name.html"
  sandbox=
  [ "$(id -u)" = 0 ] && sandbox=--no-sandbox
  "$chromium" --headless $sandbox --disable-gpu --hide-scrollbars --disable-lcd-text --user-data-dir="$work/profile" \
    --window-size="$width,$((height + 32))" --screenshot="$work/$name.png" "file://$work/$name.html" > /dev/null 2>&1
  node "$images/smaller.js" "$work/node_modules" "$work/$name.png" "$images/$name.png"
}

for message in token-revoked resolved; do
  for theme in light dark; do
    node "$images/cards.js" node_modules . "preview/$message.card.json" "$theme" > "card-$message-$theme.html"
  done
done

picture mail-phone 760 "preview/token-revoked.html 360 light" "preview/token-revoked.html 360 dark"
picture mail-desktop 820 "preview/token-revoked.html 640 light"
picture card-phone 760 "card-token-revoked-light.html 340 light" "card-token-revoked-dark.html 340 dark"
picture card-desktop 780 "card-token-revoked-light.html 620 light"
ls -l "$images"/*.png
