#!/bin/sh
# Makes the secrets of compose.yaml in a directory. Those that exist stay: the database keeps its password.
# usage: make-secrets.sh DIRECTORY
set -eu
umask 077
cd "$1"

# Users of the images.
latchkey=1000
redis=999

random() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
# Without characters that have a meaning in a URL.
password() { random | tr -d '+/='; }

# Writes standard input to a file that only one user can read, unless the file exists. usage: write FILE USER
write() {
  [ ! -s "$1" ] || return 0
  cat >"$1.new"
  chown "$2" "$1.new"
  chmod 400 "$1.new"
  mv "$1.new" "$1"
  echo "made $1"
}

random | write secret-key "$latchkey"
password | write postgres-password 0
password | write redis-password 0
echo "postgres://latchkey:$(cat postgres-password)@postgres:5432/latchkey?sslmode=disable" | write database-url "$latchkey"
echo "redis://:$(cat redis-password)@redis:6379" | write redis-url "$latchkey"
printf 'requirepass %s\nsave ""\nappendonly no\n' "$(cat redis-password)" | write redis.conf "$redis"
chmod 755 .
