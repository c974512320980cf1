#!/bin/sh
# Starts nginx with the example for one server, which is made one for all that SERVERS names.
set -eu
from=${1:-/etc/nginx/copane/copane.conf}
to=${2:-/etc/nginx/conf.d/default.conf}
main=${3:-/etc/nginx/nginx.conf}
list=
for server in $SERVERS; do list="$list server $server;"; done
sed "s|^ *server 127\.0\.0\.1:8080;|   $list|" "$from" > "$to"
# A session takes four connections, two on each side of nginx: the image's 1024 would do for 256 sessions a worker.
sed -i 's/worker_connections .*;/worker_connections 16384;/' "$main"
exec nginx -g 'daemon off;'
