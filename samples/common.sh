# What every example begins with: an account, a project in it, and what is asked more than once.
# BASE is the server's address; TOKEN uses an account that there is, a personal token for example.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[1]}")"
BASE=${BASE:-http://localhost:5080/api/v1}
JSON='Content-Type: application/json'

# The first member of this name in what comes in
field() { awk -F "\"$1\":\"" '{ split($2, value, "\""); print value[1]; exit }'; }

TOKEN=${TOKEN:-$(curl -sf "$BASE/auth/register" -H "$JSON" -d "{\"email\":\"sample-$(date +%s)-$$@example.com\",\"password\":\"violet-kettle-42\",\"name\":\"Sample\"}" | field accessToken)}
AUTH="Authorization: Bearer $TOKEN"
PROJECT=$(curl -sf "$BASE/projects" -H "$AUTH" -H "$JSON" -d '{"name":"Samples"}' | field id)

# A file of this folder into the project's files; a file of the project to the terminal
upload() { curl -sf -o /dev/null -T "$1" "$BASE/projects/$PROJECT/files/$1" -H "$AUTH" -H 'Content-Type: text/plain'; }
show() { curl -sf "$BASE/projects/$PROJECT/files/$1" -H "$AUTH"; }

# A design into the project, told by its content; and a run of it
import() { curl -sf "$BASE/projects/$PROJECT/designs/import" -H "$AUTH" -H "$JSON" --data-binary @- | field id; }
start() { curl -sf "$BASE/designs/$1/runs" -H "$AUTH" -H "$JSON" -d '{}' | field id; }

# Waits while the run is at work (or in the status that is named as well), and says what it came to: completed, waiting, failed
outcome() {
  local status
  while status=$(curl -sf "$BASE/runs/$1" -H "$AUTH" | field status); [ "$status" = running ] || [ "$status" = "${2:-running}" ]; do sleep 0.2; done
  echo "$status"
}
