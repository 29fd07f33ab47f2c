"""Checks a token with the settings of docs/moving-from-django.md: accept.py TOKEN SERVICE_URL.

Prints the user id that SimpleJWT reads from it and the number of users that the documented class creates for two requests, or the
reason for rejecting it.
"""

import pathlib
import re
import sys

import django
from django.conf import settings

token, service = sys.argv[1:]

settings.configure(
    SECRET_KEY="not used for these tokens",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework_simplejwt", "people"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    AUTH_USER_MODEL="people.Person",
    SIMPLE_JWT={
        "ALGORITHM": "ES256",
        "JWK_URL": service + "/.well-known/jwks.json",
        "ISSUER": service,
        "AUDIENCE": service,
        "USER_ID_CLAIM": "sub",
        "USER_ID_FIELD": "latchkey_id",
        "TOKEN_TYPE_CLAIM": None,
    },
)
django.setup()

from django.core.management import call_command  # noqa: E402
from rest_framework_simplejwt.exceptions import TokenError  # noqa: E402
from rest_framework_simplejwt.tokens import AccessToken  # noqa: E402

guide = pathlib.Path(__file__).parents[3] / "docs" / "moving-from-django.md"
[source] = [code for code in re.findall(r"```python\n(.*?)```", guide.read_text(), re.S) if "LatchkeyAuthentication" in code]
documented = {}
exec(source, documented)

try:
    read = AccessToken(token)
except TokenError as refusal:
    print(refusal)
    sys.exit()

call_command("migrate", run_syncdb=True, verbosity=0)
users = {documented["LatchkeyAuthentication"]().get_user(read).pk for _ in range(2)}
print(read["sub"], len(users))
