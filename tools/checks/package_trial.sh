#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# The life of the package on a bare Debian 12, from its first installation to its purge. Runs in a root that is
# thrown away: tools/checks/in_fresh_root.sh. Says "passed: …" or "failed: …" of each thing.
set -uo pipefail
package=$1
books=/var/lib/kringwerk
settings=/etc/kringwerk/kringwerk.toml

check() {
    local what=$1
    shift
    if "$@"; then echo "passed: $what"; else echo "failed: $what"; fi
}
not() { ! "$@"; }
# As the service runs it, without a service manager.
user=(setpriv --reuid kringwerk --regid kringwerk --clear-groups --inh-caps=-all)
as_service() { "${user[@]}" kringwerk "$@"; }
says() { as_service "${@:2}" 2>&1 | grep -qE -- "$1"; }
mode_of() { stat -c '%a %U %G' "$1"; }
has_mode() { [ "$(mode_of "$2")" = "$1" ] || { mode_of "$2"; return 1; }; }

start() {
    "${user[@]}" kringwerk serve >/tmp/server.log 2>&1 &
    server=$!
    for _ in $(seq 100); do
        says '^fine server_ready$' doctor && return 0
        sleep 0.2
    done
    cat /tmp/server.log
    return 1
}
stop() { kill "$server" && wait "$server" && says '^note server_off$' doctor; }

apt-get update -qq
check "it installs with what it depends on" apt-get install -y -qq --no-install-recommends "$package"
check "the program runs" kringwerk version
check "there is a user without a password or a shell" grep -q '^kringwerk:.*:/var/lib/kringwerk:/usr/sbin/nologin$' /etc/passwd
check "the folder of the books is the user's own" has_mode '750 kringwerk kringwerk' $books
check "the settings are for root and the server" has_mode '750 root kringwerk' /etc/kringwerk
check "the service is switched on" test -e /etc/systemd/system/multi-user.target.wants/kringwerk.service
check "the installed program finds its folder" says '^data = "/var/lib/kringwerk"' config dump
check "the manual page is there" test -f /usr/share/man/man1/kringwerk.1.gz

# Free ports: the machine around this root may have a server of its own.
printf 'network_name = "Rivierenland"\nport = 0\nsecure_port = 0\n' >>$settings
check "the settings of the machine count" says '^network_name = "Rivierenland"' config dump
check "the server starts, and its books can be used" start
check "an access code is made beside it" says 'kw_' admin token --name till
check "the server stops when it is asked to" stop
check "the books are in the folder" test -s $books/kringwerk.sqlite

# The same program under a higher number, as the next version would come.
dpkg-deb -R "$package" /tmp/newer
sed -i 's/^Version: .*/Version: 99.0/' /tmp/newer/DEBIAN/control
dpkg-deb -b /tmp/newer /tmp/newer.deb >/dev/null
check "it upgrades" apt-get install -y -qq --no-install-recommends /tmp/newer.deb
check "the new version is there" grep -q '^Version: 99.0$' <(dpkg -s kringwerk)
check "an upgrade keeps the settings" grep -q Rivierenland $settings
check "an upgrade keeps the books" says 'books are right|The books' verify
check "the server starts again" start
check "and stops" stop

check "it is removed" apt-get remove -y -qq kringwerk
check "the program is gone" not test -e /usr/bin/kringwerk
check "the unit is gone" not test -e /lib/systemd/system/kringwerk.service
check "what was set stays after a removal" grep -q Rivierenland $settings
check "the books stay after a removal" test -s $books/kringwerk.sqlite
check "it installs again over what stayed" apt-get install -y -qq --no-install-recommends "$package"
check "with the settings that stayed" says '^network_name = "Rivierenland"' config dump

apt-get purge -y kringwerk >/tmp/purge.log 2>&1
check "it is purged" not dpkg -s kringwerk
check "a purge takes the settings" not test -e /etc/kringwerk
check "a purge keeps the books" test -s $books/kringwerk.sqlite
check "and says so" grep -q 'The books in /var/lib/kringwerk stay' /tmp/purge.log
check "no link to the settings is left" not test -L $books/kringwerk.toml
check "nothing of the service is left" not test -e /etc/systemd/system/multi-user.target.wants/kringwerk.service
rm -rf $books
apt-get install -y -qq --no-install-recommends "$package"
check "without books a purge leaves nothing" apt-get purge -y -qq kringwerk
check "not even the folder" not test -e $books
echo "the trial is over"
