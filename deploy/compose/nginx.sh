#!/bin/sh
# Starts nginx with the example for one server, which is made one for all that SERVERS names.
set -eu
from=${1:-/etc/nginx/copane/copane.conf}
to=${2:-/etc/nginx/conf.d/default.conf}
list=
for server in $SERVERS; do list="$list server $server;"; done
sed "s|^ *server 127\.0\.0\.1:8080;|   $list|" "$from" > "$to"
exec nginx -g 'daemon off;'
