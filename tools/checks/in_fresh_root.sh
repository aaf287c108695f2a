#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Runs a script in a bare Debian 12 with nothing but its minimal base, as root and with processes of its own:
#   tools/checks/in_fresh_root.sh FILE SCRIPT
# FILE lies beside the script there, as /trial/FILE. The base comes from the sources of this machine's apt and
# is kept in build/, so that a second time takes seconds. Needs root and debootstrap.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
file=$1 script=$2
base=build/fresh-root.tar

mirror_of_machine() {
    local sources
    sources=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null || true)
    awk '$1 == "URIs:" { print $2; exit } $1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) { print $i; exit } }' <<<"$sources"
}

if [ ! -s "$base" ]; then
    new=$(mktemp -d)
    debootstrap --variant=minbase --include=ca-certificates bookworm "$new" "$(mirror_of_machine)"
    rm -rf "$new"/var/cache/apt/archives/*.deb
    mkdir -p build
    tar -C "$new" -cf "$base.new" .
    mv "$base.new" "$base"
    rm -rf "$new"
fi

root=$(mktemp -d)
trap 'rm -rf --one-file-system "$root"' EXIT
tar -C "$root" -xf "$base"
chmod 755 "$root"
# Packages come from where this machine's come from.
rm -f "$root/etc/apt/sources.list"
for one in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources /etc/apt/apt.conf.d/*proxy* /etc/apt/apt.conf.d/99*; do
    [ ! -f "$one" ] || cp --parents "$one" "$root/"
done
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
cp -rL /usr/local/share/ca-certificates "$root/usr/local/share/" 2>/dev/null || true
# There is no service manager to start anything.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mkdir "$root/trial"
cp "$file" "$script" "$root/trial/"

status=0
unshare --mount --pid --fork --kill-child --propagation private bash -c '
    mount -t proc proc "$1/proc"
    mount --rbind /dev "$1/dev"
    exec chroot "$1" /usr/bin/env -i HOME=/tmp LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        bash -c "update-ca-certificates >/dev/null 2>&1; bash /trial/$2 /trial/$3"
' _ "$root" "$(basename "$script")" "$(basename "$file")" </dev/null || status=$?
exit $status
