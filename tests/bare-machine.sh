#!/bin/bash
# bare-machine - `./dev test` and `./dev demo` on a Debian 12 with nothing installed but git.
#
#   tests/bare-machine.sh [COMMAND...]     default: ./dev test, then ./dev demo
#
# Makes a root folder with debootstrap (kept in $BARE_BASE, default /var/tmp/hms-bare-base), puts a
# fresh clone of what is committed here into a copy of it, and runs there by chroot.  What belongs
# to this machine's network goes along: its name servers, and the certificates it trusts.  Needs
# root and debootstrap.  Nothing outside that folder is changed.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
base=${BARE_BASE:-/var/tmp/hms-bare-base}
bare=$(mktemp -d "${BARE_ROOT:-/var/tmp}/hms-bare.XXXXXX")

clean_up() {
    local folder
    for folder in data dev/pts dev/shm dev sys proc; do
        ! mountpoint -q "$bare/$folder" || umount "$bare/$folder"
    done
    rm -rf --one-file-system "$bare"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

inside() { # COMMAND LINE
    chroot "$bare" /usr/bin/env -i HOME=/root TERM=dumb PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        HMS_REAL_DATA=/data NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt bash -c "cd /src/main && $1"
}

[ -e "$base/usr/bin/git" ] ||
    debootstrap --variant=minbase --include=git,ca-certificates bookworm "$base" "${BARE_MIRROR:-http://deb.debian.org/debian}"
cp -a "$base/." "$bare"
mount --bind /proc "$bare/proc"
mount --bind /sys "$bare/sys"
mount --bind /dev "$bare/dev"
mount --bind /dev/pts "$bare/dev/pts"
mount -t tmpfs tmpfs "$bare/dev/shm"
cp /etc/resolv.conf "$bare/etc/resolv.conf"
cp -r /usr/local/share/ca-certificates "$bare/usr/local/share/"
chroot "$bare" update-ca-certificates >/dev/null 2>&1
printf '#!/bin/sh\nexit 101\n' >"$bare/usr/sbin/policy-rc.d" # no services in a chroot
chmod +x "$bare/usr/sbin/policy-rc.d"
git clone -q "$root" "$bare/src/main"
data=${HMS_REAL_DATA:-$root/../shared/data}
if [ -d "$data" ]; then
    mkdir "$bare/data"
    mount --bind "$data" "$bare/data"
fi

if [ $# -gt 0 ]; then
    inside "$*"
else
    inside "./dev test"
    inside "./dev demo"
fi
